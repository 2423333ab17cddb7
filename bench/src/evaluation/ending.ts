// Where a measured clip begins and ends: at its speech, or after a little of its own background.

import type { Mark } from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';

/** So short that it is no sound of its own, so long that there is no click. */
const FADE_SAMPLES = msToSamples(10);

export interface Hearing {
  readonly samples: Float32Array;
  readonly marks: readonly Mark[];
  /** Windows from this probability on are speech. */
  readonly leaveProbability: number;
}

/** Where the last window with speech ends, in samples; the clip's own end when no window has any. */
export function speechEndOf({ samples, marks, leaveProbability }: Hearing): number {
  const last = marks.findLast(({ speechProbability }) => speechProbability >= leaveProbability);
  return last?.endSample ?? samples.length;
}

/** The clip to the end of its last window with speech. A copy. */
export function cutAfterSpeech(hearing: Hearing): Float32Array {
  return hearing.samples.slice(0, speechEndOf(hearing));
}

/** From the first to the last window with speech and `padSamples` around it; the whole clip when no window has any. A copy. */
export function trimToSpeech(hearing: Hearing, padSamples: number): Float32Array {
  const { samples, marks, leaveProbability } = hearing;
  const first = marks.find(({ speechProbability }) => speechProbability >= leaveProbability);
  const startSample = Math.max(0, (first?.startSample ?? 0) - padSamples);
  return samples.slice(startSample, speechEndOf(hearing) + padSamples);
}

/** `speech` and, without a seam, the background. */
export function followedBy(speech: Float32Array, background: Float32Array): Float32Array {
  const whole = new Float32Array(speech.length + background.length);
  whole.set(speech);
  whole.set(background, speech.length);
  const fadeSamples = Math.min(FADE_SAMPLES, speech.length, background.length);
  for (let index = 0; index < fadeSamples; index += 1) {
    const share = (index + 1) / (fadeSamples + 1);
    // What was heard last, backwards: it begins with the value at which the speech ended.
    const echo = speech[speech.length - 1 - index]!;
    whole[speech.length + index] = (1 - share) * echo + share * background[index]!;
  }
  return whole;
}

export interface Background {
  /** As long as asked for. */
  readonly samples: Float32Array;
  /** How much of it the clip had in one piece; less than asked for: it was looped. */
  readonly ownSamples: number;
}

/**
 * `lengthSamples` from the middle of the clip's longest stretch without speech, its first and last window left out where
 * others remain. A shorter stretch goes forth and back, so that its ends meet without a click. Without any: the window
 * that is speech least.
 */
export function backgroundOf({ samples, marks, leaveProbability }: Hearing, lengthSamples: number): Background {
  const stretch = longestStretchBelow(leaveProbability, marks) ?? leastSpeech(marks, samples.length);
  const inner = stretch.length > 2 ? stretch.slice(1, -1) : stretch;
  const [startSample, endSample] = [inner[0]?.startSample ?? 0, inner.at(-1)?.endSample ?? samples.length];
  const spareSamples = Math.max(0, endSample - startSample - lengthSamples);
  const fromSample = startSample + Math.floor(spareSamples / 2);
  const own = samples.subarray(fromSample, Math.min(endSample, fromSample + lengthSamples));
  return { samples: forthAndBack(own, lengthSamples), ownSamples: own.length };
}

function longestStretchBelow(probability: number, marks: readonly Mark[]): Mark[] | undefined {
  const stretches: Mark[][] = [[]];
  for (const mark of marks) {
    if (mark.speechProbability < probability) stretches.at(-1)!.push(mark);
    else stretches.push([]);
  }
  const longest = stretches.reduce((best, stretch) => (stretch.length > best.length ? stretch : best));
  return longest.length === 0 ? undefined : longest;
}

function leastSpeech(marks: readonly Mark[], lengthSamples: number): Mark[] {
  const whole: Mark = { startSample: 0, endSample: lengthSamples, speechProbability: 1 };
  return [
    marks.reduce((least, mark) => (mark.speechProbability < least.speechProbability ? mark : least), marks[0] ?? whole),
  ];
}

function forthAndBack(own: Float32Array, lengthSamples: number): Float32Array {
  return Float32Array.from({ length: lengthSamples }, (_, index) => {
    const at = index % (2 * own.length);
    return own[at < own.length ? at : 2 * own.length - 1 - at] ?? 0;
  });
}
