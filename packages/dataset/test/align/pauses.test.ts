import { expect, test } from 'vitest';
import { Loudness, withPauses } from '@voiceinput/dataset';

const MS = 16;

test('a pause that a model gave to the word before it is taken away from it', () => {
  const samples = new Float32Array(5000 * MS).map((_, index) => Math.sin(index / 3) * 0.001);
  for (const [from, to] of [
    [500, 1000],
    [1000, 1600],
    [2200, 3000],
  ] as const)
    for (let index = from * MS; index < to * MS; index++) samples[index] = Math.sin(index / 3) / 3;
  const loudness = new Loudness();
  for (let at = 0; at < samples.length; at += 1000) loudness.push(samples.subarray(at, at + 1000));
  const word = (text: string, from: number, to: number) => ({ text, startSample: from * MS, endSample: to * MS });
  const refined = withPauses(
    [word('one', 480, 1000), word('two', 1000, 2150), word('three', 2150, 3000)],
    loudness.levels,
  );
  expect(refined).toEqual([word('one', 480, 1000), word('two', 1000, 1600), word('three', 2200, 3000)]);
});
