import { expect, test } from 'vitest';
import { clipRange } from '../../src/segment/clip.ts';

const cut = { startSample: 1_600, endSample: 32_000, speechStartSample: 8_000, speechEndSample: 25_600 };

test.each([
  ['as it was cut, where nothing else is said', undefined, [1_600, 32_000]],
  ['with as much sound as a runner wants', 150, [5_600, 28_000]],
  ['with no more than was cut', 1_000, [1_600, 32_000]],
  ['with none', 0, [8_000, 25_600]],
])('a clip is %s', (_, padMs, [startSample, endSample]) => {
  expect(clipRange(cut, padMs)).toEqual({ startSample, endSample });
});
