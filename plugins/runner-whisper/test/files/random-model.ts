// Random weights in the shapes of a Whisper: any size, always the same for the same seed.

import type { Dims } from '../../src/description/description.ts';
import { expectedShapes } from '../../src/weights/expected.ts';
import { productOf } from '../../src/weights/weights.ts';

export interface RandomTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type RandomModel = ReadonlyMap<string, RandomTensor>;

export const SMALL: Dims = {
  mels: 80,
  width: 64,
  heads: 1,
  encoderLayers: 2,
  decoderLayers: 3,
  feedForward: 128,
  vocabularySize: 400,
  audioContext: 1500,
  textContext: 448,
};

/** Mulberry32: enough for weights. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers that float16 holds exactly, and bfloat16 too: multiples of 1/64 below 2. */
export function randomModel(dims: Dims, seed = 1): RandomModel {
  const next = random(seed);
  return new Map(
    [...expectedShapes(dims)].map(([name, shape]) => {
      const values = Float32Array.from({ length: productOf(shape) }, () => Math.round(next() * 32) / 64 - 0.25);
      return [name, { shape, values }];
    }),
  );
}

const LOUD = 20_000;

/** The same but for the decoder, where one channel is so much louder than all others that 8 bits drown them. */
export function withLoudDecoder(model: RandomModel): RandomModel {
  const feedForward = model.get('decoder.layers.0.fc1.bias')!.shape[0]!;
  return new Map(
    [...model].map(([name, tensor]) => {
      if (/^decoder.*fc1\.bias$/.test(name)) return [name, { ...tensor, values: tensor.values.with(9, LOUD) }];
      if (!/^decoder.*fc2\.weight$/.test(name)) return [name, tensor];
      const values = tensor.values.map((value, place) => (place % feedForward === 9 ? value / LOUD : 4 * value));
      return [name, { ...tensor, values }];
    }),
  );
}
