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
export function relativeChange(clips: readonly PairedErrors[], seed: number): Interval {
  const random = randomFrom(seed);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    changeIn(clips.map(() => clips[Math.floor(random() * clips.length)]!)),
  );
  return { value: changeIn(clips), low: percentile(resampled, 0.025), high: percentile(resampled, 0.975) };
}

function changeIn(clips: readonly PairedErrors[]): number {
  let before = 0;
  let after = 0;
  for (const clip of clips) {
    before += clip.before;
    after += clip.after;
  }
  return before === after ? 0 : after / before - 1;
}
