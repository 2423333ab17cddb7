// How sure a difference of two word error rates is, when other clips might have been measured.

import { percentile } from './percentile.ts';
import { randomFrom } from './random.ts';

/** Errors of two systems on the same clip. */
export interface PairedErrors {
  readonly words: number;
  readonly before: number;
  readonly after: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;

/** Change of the rate relative to `before` (−0.1: a tenth fewer errors) with its 95 % interval over clips (percentile bootstrap). */
export const relativeChange = (clips: readonly PairedErrors[], seed: number): Interval =>
  resampled(clips, { seed, of: ({ before, after }) => (before === after ? 0 : after / before - 1) });

/** Rate `after` less rate `before` (0.01: one word in a hundred more is wrong), with its 95 % interval over clips. */
export const difference = (clips: readonly PairedErrors[], seed: number): Interval =>
  resampled(clips, { seed, of: ({ words, before, after }) => (words === 0 ? 0 : (after - before) / words) });

function resampled(
  clips: readonly PairedErrors[],
  { seed, of }: { seed: number; of: (all: PairedErrors) => number },
): Interval {
  const random = randomFrom(seed);
  const values = Array.from({ length: RESAMPLES }, () =>
    of(together(clips.map(() => clips[Math.floor(random() * clips.length)]!))),
  );
  return { value: of(together(clips)), low: percentile(values, 0.025), high: percentile(values, 0.975) };
}

function together(clips: readonly PairedErrors[]): PairedErrors {
  const sum = { words: 0, before: 0, after: 0 };
  for (const { words, before, after } of clips) {
    sum.words += words;
    sum.before += before;
    sum.after += after;
  }
  return sum;
}
