// The choice of clips: the same every time, spread over lengths and groups.

import { describe, expect, it } from 'vitest';
import { chooseClips, lengthClassOf } from '../src/evaluation/choose.ts';
import type { EvaluationClip } from '../src/evaluation/clips.ts';

const groups = ['dictation', 'noisy', 'audiobook'];
const clips: EvaluationClip[] = Array.from({ length: 600 }, (_, index) => ({
  id: `clip-${index}`,
  set: 'speech',
  path: `/clips/${index}.flac`,
  durationS: 1 + (index % 29),
  language: 'en',
  text: 'words',
  slots: [],
  // The first group has most of the clips.
  group: groups[index % 10 < 8 ? 0 : (index % 10) - 7]!,
  condition: '',
}));
const choice = { count: 40, seed: 1, shortestS: 3, longestS: 15 };
const ids = (chosen: readonly EvaluationClip[]): string[] => chosen.map(({ id }) => id);
const tally = (names: readonly string[]): Record<string, number> =>
  names.reduce<Record<string, number>>((counts, name) => ({ ...counts, [name]: (counts[name] ?? 0) + 1 }), {});

describe('choosing clips', () => {
  it('is the same for the same seed and another for another', () => {
    expect(ids(chooseClips(clips, choice))).toEqual(ids(chooseClips(clips, choice)));
    expect(ids(chooseClips(clips, choice))).not.toEqual(ids(chooseClips(clips, { ...choice, seed: 2 })));
  });

  it('keeps to the lengths and the count, without repeating a clip', () => {
    const chosen = chooseClips(clips, choice);
    expect(new Set(ids(chosen)).size).toBe(40);
    expect(chosen.every(({ durationS }) => durationS > 3 && durationS <= 15)).toBe(true);
  });

  it('gives lengths and groups their share', () => {
    const chosen = chooseClips(clips, { ...choice, count: 39 });
    expect(tally(chosen.map(({ durationS }) => lengthClassOf(durationS)))).toEqual({
      '3–6 s': 13,
      '6–10 s': 13,
      '10–15 s': 13,
    });
    expect(Math.min(...Object.values(tally(chosen.map(({ group }) => group))))).toBeGreaterThanOrEqual(12);
  });

  it('takes all when there are too few', () => {
    expect(chooseClips(clips.slice(0, 10), { ...choice, count: 40 })).toHaveLength(7);
  });
});

describe('length classes', () => {
  it.each([
    [0.5, '0–3 s'],
    [3, '0–3 s'],
    [3.01, '3–6 s'],
    [15, '10–15 s'],
    [15.1, '> 15 s'],
  ])('%s s', (durationS, name) => {
    expect(lengthClassOf(durationS)).toBe(name);
  });
});
