// The encoder gets the clip and as much silence behind it as the model bears.

import { expect, test } from 'vitest';
import { padded } from '../../src/decode/audio.ts';

const SECOND = 16_000;

test.each([
  ['short', 2, 10],
  ['short', 9, 10],
  ['short', 9.5, 10.5],
  ['short', 28, 29],
  ['short', 29.7, 30],
  ['short', 40, 30],
  ['full', 2, 30],
  ['full', 40, 30],
  ['any-length', 2, 2.5],
  ['any-length', 29.9, 30],
] as const)('%s: %d s become %d s', (context, clipS, givenS) => {
  const clip = new Float32Array(clipS * SECOND).fill(0.5);
  const audio = padded(clip, context);
  expect(audio.length).toBe(givenS * SECOND);
  const kept = Math.min(clip.length, audio.length);
  expect(audio.subarray(0, kept).every((sample) => sample === 0.5)).toBe(true);
  expect(audio.subarray(kept).every((sample) => sample === 0)).toBe(true);
});

test('any clip becomes a whole number of frames', () => {
  for (const samples of [1, 319, 320, 321, 12_345]) {
    expect(padded(new Float32Array(samples), 'any-length').length % 320).toBe(0);
  }
});
