// Tokens are found where their attention went, in order.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignTokens, type Look } from '@voiceinput/onnx';

/** Two heads: one looks at `centre`, the other at everything alike. */
function lookingAt(centre: number, frames: number): Look {
  const bell = Array.from({ length: frames }, (_, frame) => Math.exp(-(((frame - centre) / 3) ** 2)));
  const sum = bell.reduce((total, value) => total + value, 0);
  return Float32Array.from([...bell.map((value) => value / sum), ...bell.map(() => 1 / frames)]);
}

test('each token lies around the frames that it looked at', () => {
  const centres = [10, 30, 50, 90];
  const looks = [...centres, 115].map((centre) => lookingAt(centre, 200));
  const spans = alignTokens(looks, { tokens: 4, frames: 200, heard: 120 });
  for (const [index, { startFrame, endFrame }] of spans.entries()) {
    expect(startFrame).toBeLessThanOrEqual(centres[index]!);
    expect(endFrame).toBeGreaterThan(centres[index]!);
  }
  expect(spans.at(-1)!.endFrame).toBeLessThanOrEqual(115);
});

test('whatever the looks are, spans follow each other within what was heard', () => {
  const frames = 40;
  const look = fc.float32Array({ minLength: 2 * frames, maxLength: 2 * frames, min: 0, max: 1, noNaN: true });
  const looks = fc.array(look, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(looks, fc.boolean(), fc.integer({ min: 1, max: frames }), (rows, ended, heard) => {
      const tokens = ended ? rows.length - 1 : rows.length;
      const spans = alignTokens(rows, { tokens, frames, heard });
      expect(spans).toHaveLength(tokens);
      let at = 0;
      for (const { startFrame, endFrame } of spans) {
        expect(startFrame).toBe(at);
        expect(endFrame).toBeGreaterThanOrEqual(startFrame);
        at = endFrame;
      }
      expect(at).toBeLessThanOrEqual(heard);
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('without looks there are no places', () => {
  expect(alignTokens([], { tokens: 3, frames: 40, heard: 40 })).toEqual([]);
});
