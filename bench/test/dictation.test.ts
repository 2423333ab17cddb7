// Long dictations: as long as asked for, and a longer one ends as a shorter one does.

import { expect, it } from 'vitest';
import { dictationOf } from '../src/evaluation/dictation.ts';

/** Clip `index` is two seconds of the number `index + 1`. */
const clips = async (index: number): Promise<Float32Array> => new Float32Array(32_000).fill(index + 1);
const secondsOf = (samples: Float32Array): number[] =>
  Array.from({ length: samples.length / 16_000 }, (_, second) => samples[second * 16_000 + 8_000]!);

it('sets clips one before the other, with gaps of silence', async () => {
  const whole = await dictationOf(5, clips);
  expect(whole).toHaveLength(80_000);
  expect(whole.at(-1)).toBe(1);
  expect(whole.subarray(80_000 - 32_000 - 6_400, 80_000 - 32_000).every((value) => value === 0)).toBe(true);
  expect(secondsOf(whole)).toEqual([0, 2, 2, 1, 1]);
});

it('makes a longer one end as a shorter one', async () => {
  const [short, long] = [await dictationOf(3, clips), await dictationOf(9.5, clips)];
  expect(long.subarray(-short.length)).toEqual(short);
  expect(long).toHaveLength(152_000);
});
