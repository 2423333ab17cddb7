// A loop is seen by what is said again and by where the decoder looks, and speech is not taken for one.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthBeforeJump, placeOf, watchLoops } from '../../src/decode/loops.ts';

const lookAt = (place: number, frames = 200): Float32Array => {
  const look = new Float32Array(2 * frames);
  look[place] = 0.8;
  look[frames + place] = 0.6;
  return look;
};

test('the place is where all heads together look, in the clip and not behind it', () => {
  const look = new Float32Array(20).fill(0.1);
  look[3] = 0.4;
  look[14] = 0.35;
  look[4] = 0.2;
  look[9] = 1;
  expect(placeOf(look, { frames: 10, heardFrames: 8 })).toBe(4);
  expect(placeOf(look, { frames: 10, heardFrames: 10 })).toBe(9);
});

test('a jump back that lasts is a loop, cut where it began', () => {
  const sentence = [5, 20, 38, 60, 90, 120, 150, 160];
  expect(lengthBeforeJump([...sentence, 5, 20, 38, 60, 90])).toBe(8);
  expect(lengthBeforeJump([...sentence, 5, 20, 38, 60])).toBeUndefined();
});

test('one look far ahead, or a few back, are none', () => {
  expect(lengthBeforeJump([5, 20, 180, 30, 40, 50, 60, 70, 80, 90])).toBeUndefined();
  expect(lengthBeforeJump([5, 20, 60, 100, 20, 30, 110, 130, 60, 140])).toBeUndefined();
});

test('looks that move on are never a loop, however unsteadily', () => {
  const steps = fc.array(fc.integer({ min: -20, max: 40 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (moves) => {
      let reached = 0;
      const places = moves.map((move) => {
        reached = Math.max(reached, reached + move);
        return Math.max(0, reached + Math.min(0, move));
      });
      for (let count = 0; count <= places.length; count++) {
        expect(lengthBeforeJump(places.slice(0, count))).toBeUndefined();
      }
    }),
    { seed: 6, numRuns: 200 },
  );
});

test('a text that says the same again is caught without any look', () => {
  const watch = watchLoops({ frames: 200, heardFrames: 150 });
  const once = [1, 2, 3, 4, 5];
  expect(watch([...once, ...once], [])).toBeUndefined();
  expect(watch([...once, ...once, ...once], [])).toBe(5);
});

test('a text in other words for the same audio is caught by its looks', () => {
  const watch = watchLoops({ frames: 200, heardFrames: 150 });
  const places = [5, 25, 45, 65, 85, 105, 125, 130, 5, 25, 45, 65, 85];
  const found = places.map((_, index) =>
    watch(
      places.slice(0, index + 1).map((_place, token) => 100 + token),
      places.slice(0, index + 1).map((place) => lookAt(place)),
    ),
  );
  expect(found.findIndex((length) => length !== undefined)).toBe(12);
  expect(found[12]).toBe(8);
});
