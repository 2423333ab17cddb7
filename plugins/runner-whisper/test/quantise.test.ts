// Rounding to 8 bits: what it does to a matrix, which scales move, and which matrices are left out.

import { describe, expect, test } from 'vitest';
import { probeClip } from '@voiceinput/onnx/graph';
import { addEncoderLayer } from '../src/graphs/encoder.ts';
import { inFloat, type Precision } from '../src/graphs/linear.ts';
import { relativeError, runOnce, type Floats } from '../src/graphs/run.ts';
import type { BuildGraph } from '../src/graphs/write-graph.ts';
import { calibrate } from '../src/quantise/calibrate.ts';
import { checkDecoder, decoderMatrices } from '../src/quantise/check-decoder.ts';
import { checkEncoder } from '../src/quantise/check.ts';
import { chooseFloat } from '../src/quantise/choose.ts';
import { emptyInt8, quantiseRows } from '../src/quantise/int8.ts';
import { channelScales, moveScales } from '../src/quantise/scales.ts';
import { loadEncoderLayer, type EncoderLayer } from '../src/weights/load.ts';
import { weightsOf } from './files/memory.ts';
import { random, randomModel, SMALL, withLoudDecoder } from './files/random-model.ts';

const { signal } = new AbortController();

test('the largest number of a row becomes 127, columns are outputs', () => {
  for (const signed of [true, false]) {
    const size = { inputs: 3, outputs: 2, signed };
    const matrix = emptyInt8(size);
    quantiseRows(matrix, { values: Float32Array.of(1, -2, 0.5), first: 0 }, size);
    quantiseRows(matrix, { values: Float32Array.of(0, 0, 0), first: 1 }, size);
    const offset = signed ? 0 : 128;
    expect([...matrix.bytes].map((byte) => (signed ? (byte << 24) >> 24 : byte) - offset)).toEqual([
      64, 0, -127, 0, 32, 0,
    ]);
    expect(matrix.scales[0]).toBeCloseTo(2 / 127, 8);
  }
});

describe('an encoder layer with moved scales', () => {
  const layer = (): Promise<EncoderLayer> =>
    loadEncoderLayer(weightsOf(randomModel(SMALL)), 'encoder.layers.0', signal);
  const next = random(3);
  const frames: Floats = { values: Float32Array.from({ length: 20 * 64 }, () => next() * 2 - 1), dims: [1, 20, 64] };

  async function run(of: EncoderLayer, precision: Precision): Promise<Floats> {
    const build: BuildGraph = async (writer) => {
      const input = writer.input('frames', 'float', [1, 'count', 64]);
      const { output } = await addEncoderLayer(writer, input, { layer: of, precision, dims: SMALL });
      writer.node('Identity', [output], { outputs: ['next'] });
      writer.output('next', 'float', [1, 'count', 64]);
    };
    return (await runOnce(build, { frames }, signal))['next']!;
  }

  test('computes the same', async () => {
    const scales = (seed: number): Float32Array => {
      const draw = random(seed);
      return Float32Array.from({ length: 64 }, () => 0.1 + 4 * draw());
    };
    const moved = moveScales(await layer(), { queryKeyValue: scales(1), attentionOutput: scales(2), first: scales(3) });
    expect(relativeError(await run(moved, inFloat), await run(await layer(), inFloat))).toBeLessThan(1e-5);
  });

  test('loud channels get a scale above quiet ones', () => {
    const linear = { name: 'x', inputs: 2, outputs: 1, weight: Float32Array.of(1, 1) };
    expect([...channelScales(Float32Array.of(100, 1), [linear])]).toEqual([10, 1]);
  });
});

describe('which matrices stay in float', () => {
  const errorsOf = (...errors: number[]): { name: string; error: number }[] =>
    errors.map((error, index) => ({ name: `m${index}`, error }));

  test('the worst, until the others cost little on average', () => {
    const rest = Array.from({ length: 21 }, () => 0.004);
    expect(chooseFloat(errorsOf(0.01, 0.06, 0.03, ...rest))).toEqual(['m1', 'm2']);
    expect(chooseFloat(errorsOf(...rest))).toEqual([]);
  });

  test('never more than an eighth', () => {
    expect(chooseFloat(errorsOf(...Array.from({ length: 16 }, () => 1)))).toHaveLength(2);
  });
});

test('a matrix whose input has one channel far louder than all others is found on the clip', async () => {
  const model = new Map(randomModel(SMALL));
  // One channel of the feed-forward's inside becomes loud whatever comes, and the matrix behind it hardly reads it.
  const bias = model.get('encoder.layers.1.fc1.bias')!;
  const second = model.get('encoder.layers.1.fc2.weight')!;
  model.set('encoder.layers.1.fc1.bias', { ...bias, values: bias.values.with(9, 2000) });
  const weight = second.values.map((value, place) => (place % SMALL.feedForward === 9 ? value / 2000 : value));
  model.set('encoder.layers.1.fc2.weight', { ...second, values: weight });
  const clip = probeClip();
  const known = { weights: weightsOf(model), dims: SMALL, signed: true };
  const calibration = await calibrate(known, clip, signal);
  const worst = calibration.errors.toSorted((a, b) => b.error - a.error)[0]!;
  expect(worst.name).toBe('encoder.layers.1.fc2');
  const differenceWith = (names: readonly string[]): Promise<number> =>
    checkEncoder(
      { ...known, calibration, precision: { isFloat: (name) => names.includes(name), signed: true } },
      clip,
      signal,
    );
  expect(await differenceWith([worst.name])).toBeLessThan(0.5 * (await differenceWith([])));
});

test('what rounding costs a decoder is found, and that it stays in float where that is too much', async () => {
  const model = withLoudDecoder(randomModel(SMALL));
  const known = { weights: weightsOf(model), dims: SMALL, signed: true };
  const { normed } = await calibrate(known, probeClip(), signal);
  const differenceWith = (names: readonly string[], weights = known.weights): Promise<number> =>
    checkDecoder(
      { ...known, weights, normed, precision: { isFloat: (name) => names.includes(name), signed: true } },
      signal,
    );
  const usual = await differenceWith([], weightsOf(randomModel(SMALL)));
  expect(usual).toBeGreaterThan(0);
  expect(usual).toBeLessThan(0.25);
  expect(await differenceWith([])).toBeGreaterThan(0.25);
  expect(await differenceWith(decoderMatrices(SMALL))).toBeLessThan(1e-5);
});
