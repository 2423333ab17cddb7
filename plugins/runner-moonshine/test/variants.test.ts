// The variants of a clip are what they are called.

import { expect, test } from 'vitest';
import { searchVariants, variants } from '../src/variants.ts';

const tone = (hz: number, samples: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, index) => Math.sin((2 * Math.PI * hz * index) / 16_000));

/** Rising passages through zero. */
const cycles = (samples: Float32Array): number =>
  samples.reduce(
    (count, sample, index) => (index > 0 && samples[index - 1]! < 0 && sample >= 0 ? count + 1 : count),
    0,
  );

test('the first is the clip itself, and none writes to it', () => {
  const clip = tone(200, 16_000);
  const before = clip.slice();
  const made = variants.map((vary) => vary(clip));
  expect(made[0]).toBe(clip);
  expect(clip).toEqual(before);
});

test('the third has silence around it', () => {
  const padded = variants[2]!(tone(200, 1_000));
  expect(padded).toHaveLength(1_000 + 9_600);
  expect(padded.subarray(0, 4_800).every((sample) => sample === 0)).toBe(true);
  expect(padded.subarray(4_800, 5_800)).toEqual(tone(200, 1_000));
});

test.each([
  [5, 0.94],
  [3, 1.03],
])('variant %i is played at %f of the speed', (index, speed) => {
  const changed = variants[index]!(tone(200, 16_000));
  expect(changed.length).toBe(Math.floor(16_000 / speed));
  expect(cycles(changed)).toBeGreaterThanOrEqual(198);
  expect(cycles(changed)).toBeLessThanOrEqual(200);
});

test('the second lifts high tones over low ones', () => {
  const loudness = (hz: number): number => Math.max(...variants[1]!(tone(hz, 16_000)).subarray(100));
  expect(loudness(4_000) / loudness(100)).toBeGreaterThan(1.9);
});

test('searches use the same ways, the padded one first', () => {
  expect(searchVariants[0]).toBe(variants[2]);
  expect(searchVariants[1]).toBe(variants[0]);
  expect(new Set(searchVariants)).toEqual(new Set(variants));
});

test('clips of no and one sample go through all', () => {
  for (const vary of variants) {
    for (const length of [0, 1]) expect(vary(new Float32Array(length).fill(0.5)).every(Number.isFinite)).toBe(true);
  }
});
