// The graphs compute what a Whisper computes, whatever number of tokens and texts runs at once.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signedBytesAreExact } from '@voiceinput/onnx';
import { probeClip } from '@voiceinput/onnx/graph';
import { inFloat, type Precision } from '../src/graphs/linear.ts';
import { fourierBasis, FREQUENCIES, melFilters } from '../src/graphs/mel.ts';
import { relativeError } from '../src/graphs/run.ts';
import { buildGraphs } from '../src/import/build.ts';
import { weightsOf } from './files/memory.ts';
import { randomModel, SMALL } from './files/random-model.ts';
import { decode, encode, floatsOf, openGraph, type Values } from './files/run.ts';
import { temporaryFolder } from './files/temporary.ts';

const { signal } = new AbortController();
const folder = temporaryFolder();
const clip = probeClip();
const alignmentHeads = [
  [0, 0],
  [2, 0],
] as const;

async function build(precision: Precision, name = 'graphs'): Promise<string> {
  const target = join(folder(), name);
  await mkdir(target);
  await buildGraphs({ weights: weightsOf(randomModel(SMALL)), dims: SMALL, alignmentHeads, precision }, target, signal);
  return target;
}

const row = (values: Values, index: number): Float32Array => {
  const logits = floatsOf(values, 'logits');
  return logits.subarray(index * SMALL.vocabularySize, (index + 1) * SMALL.vocabularySize);
};

/** Of the second alignment head: where a token of a text looks. */
function looks(values: Values, text: number, token: number): Float32Array {
  const [, heads = 0, count = 0, frames = 0] = values['alignment']!.dims;
  const start = ((text * heads + 1) * count + token) * frames;
  return floatsOf(values, 'alignment').subarray(start, start + frames);
}

const apart = (a: Float32Array, b: Float32Array): number =>
  relativeError({ values: a, dims: [] }, { values: b, dims: [] });

describe('in float', () => {
  test('the encoder gives a frame for every 20 ms, and the same whatever follows a causal clip', async () => {
    const encoder = await openGraph(await build(inFloat), 'encoder');
    const encoded = await encode(encoder, clip);
    expect(encoded['cross_key_2']!.dims).toEqual([1, 1, 64, 100]);
    expect(encoded['cross_value_2']!.dims).toEqual([1, 1, 100, 64]);
    expect((await encode(encoder, clip.subarray(0, 320 * 5)))['cross_value_0']!.dims).toEqual([1, 1, 5, 64]);
    await encoder.release();
  });

  test('tokens at once, one by one, and in several rows give the same', async () => {
    const place = await build(inFloat);
    const [encoder, decoder] = [await openGraph(place, 'encoder'), await openGraph(place, 'decoder')];
    const encoded = await encode(encoder, clip);
    const tokens = [3, 141, 59, 26, 5];
    const whole = await decode(decoder, { tokens: [tokens], encoded });
    expect(whole['logits']!.dims).toEqual([1, 5, SMALL.vocabularySize]);
    let before: Values | undefined;
    for (const [index, token] of tokens.entries()) {
      before = await decode(decoder, { tokens: [[token]], encoded, ...(before && { before }) });
      expect(apart(row(before, 0), row(whole, index))).toBeLessThan(1e-4);
      expect(apart(looks(before, 0, 0), looks(whole, 0, index))).toBeLessThan(1e-4);
    }
    expect(before!['present_key_1']!.dims).toEqual([1, 1, 5, 64]);
    const rows = await decode(decoder, { tokens: [tokens, tokens.toReversed(), tokens], encoded });
    expect(rows['logits']!.dims).toEqual([3, 5, SMALL.vocabularySize]);
    expect(apart(row(rows, 14), row(whole, 4))).toBeLessThan(1e-4);
    expect(apart(row(rows, 9), row(whole, 4))).toBeGreaterThan(1e-3);
    expect(rows['alignment']!.dims).toEqual([3, 2, 5, 100]);
    expect(apart(looks(rows, 2, 4), looks(whole, 0, 4))).toBeLessThan(1e-4);
    expect(apart(looks(rows, 1, 4), looks(whole, 0, 4))).toBeGreaterThan(1e-3);
    await Promise.all([encoder.release(), decoder.release()]);
  });

  test('what follows a token does not depend on later ones, but on the audio', async () => {
    const place = await build(inFloat);
    const [encoder, decoder] = [await openGraph(place, 'encoder'), await openGraph(place, 'decoder')];
    const encoded = await encode(encoder, clip);
    const a = await decode(decoder, { tokens: [[3, 141, 59]], encoded });
    const b = await decode(decoder, { tokens: [[3, 141, 260]], encoded });
    expect(apart(row(a, 1), row(b, 1))).toBeLessThan(1e-5);
    const quiet = await encode(encoder, new Float32Array(clip.length));
    expect(apart(row(await decode(decoder, { tokens: [[3, 141]], encoded: quiet }), 1), row(a, 1))).toBeGreaterThan(
      1e-3,
    );
    await Promise.all([encoder.release(), decoder.release()]);
  });

  test('alignment is a share of attention for every frame', async () => {
    const place = await build(inFloat);
    const [encoder, decoder] = [await openGraph(place, 'encoder'), await openGraph(place, 'decoder')];
    const result = await decode(decoder, { tokens: [[1, 2, 3]], encoded: await encode(encoder, clip) });
    expect(result['alignment']!.dims).toEqual([1, 2, 3, 100]);
    const shares = floatsOf(result, 'alignment');
    for (let start = 0; start < shares.length; start += 100) {
      expect(shares.subarray(start, start + 100).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    }
    await Promise.all([encoder.release(), decoder.release()]);
  });
});

// Where the processor does not add signed bytes exactly, no graph is made of them.
const inUse = new Set([false, await signedBytesAreExact()]);

describe('in 8 bits', () => {
  for (const signed of inUse) {
    test(`${signed ? 'signed' : 'unsigned'} bytes are near to floats`, async () => {
      const exact = await build(inFloat, 'exact');
      const rounded = await build({ isFloat: () => false, signed }, 'rounded');
      const logits = async (place: string): Promise<Float32Array> => {
        const [encoder, decoder] = [await openGraph(place, 'encoder'), await openGraph(place, 'decoder')];
        const result = await decode(decoder, { tokens: [[3, 141, 59]], encoded: await encode(encoder, clip) });
        await Promise.all([encoder.release(), decoder.release()]);
        return row(result, 2);
      };
      expect(apart(await logits(rounded), await logits(exact))).toBeLessThan(0.1);
    });
  }
});

describe('log-mel frames', () => {
  test('a tone is in the band of its frequency', () => {
    const filters = melFilters(80);
    const peak = (hz: number): number => {
      const frequency = Math.round((hz / 16_000) * 400);
      const bands = Array.from({ length: 80 }, (_, band) => filters[band * FREQUENCIES + frequency]!);
      return bands.indexOf(Math.max(...bands));
    };
    // Slaney's scale: 80 bands up to 45.25 mel.
    expect([400, 1000, 4000].map(peak)).toEqual([10, 26, 62]);
  });

  test('the basis is a windowed Fourier transform', () => {
    const basis = fourierBasis();
    const tone = Float32Array.from({ length: 400 }, (_, time) => Math.cos((2 * Math.PI * 25 * time) / 400));
    const response = (frequency: number): number =>
      tone.reduce((sum, value, time) => sum + value * basis[frequency * 400 + time]!, 0);
    expect(response(25)).toBeCloseTo(100, 2);
    expect(response(24)).toBeCloseTo(-50, 2);
    expect(response(30)).toBeCloseTo(0, 2);
  });
});
