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
