// When each token was said: the likeliest way along the frames that its attention took.

import type { Look } from './greedy.ts';

/** A stretch of frames, the end not included. */
export interface FrameSpan {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** Frames whose median smooths a head's attention. */
const SMOOTHED_FRAMES = 7;

/**
 * Where each token lies in the audio, in order and without gaps, by the method of
 * https://github.com/openai/whisper/blob/main/whisper/timing.py: per head the attention is made comparable between
 * tokens and smoothed, the heads are averaged, and dynamic time warping finds the way. `looks` has a row for each token
 * and one more for the end mark, if it was reached; `frames` is how many frames each look has, `heard` how many of
 * them are audio rather than padding.
 */
export function alignTokens(
  looks: readonly Look[],
  { tokens, frames, heard }: { tokens: number; frames: number; heard: number },
): FrameSpan[] {
  const used = Math.max(1, Math.min(heard, frames));
  if (tokens === 0 || looks.length < tokens) return [];
  const starts = startsOf(meanOfHeads(looks, { frames, used }), used);
  return Array.from({ length: tokens }, (_, token) => ({
    startFrame: starts[token]!,
    endFrame: starts[token + 1] ?? used,
  }));
}

/** One row for each look: how much it stands out at each frame, on average over the heads. */
function meanOfHeads(looks: readonly Look[], { frames, used }: { frames: number; used: number }): Float32Array[] {
  const heads = looks[0]!.length / frames;
  const rows = looks.map(() => new Float32Array(used));
  const median = new RunningMedian();
  for (let head = 0; head < heads; head++) {
    const ofHead = looks.map((look) => shares(look.subarray(head * frames, head * frames + used)));
    standardise(ofHead, used);
    for (const [token, row] of ofHead.entries()) median.add(row, { to: rows[token]!, share: 1 / heads });
  }
  return rows;
}

/** What was looked at among the frames used alone. */
function shares(look: Float32Array): Float32Array {
  let sum = 0;
  for (let frame = 0; frame < look.length; frame++) sum += look[frame]!;
  const result = look.slice();
  if (sum !== 0) for (let frame = 0; frame < look.length; frame++) result[frame]! /= sum;
  return result;
}

/** At each frame less the mean over the tokens, over their standard deviation. */
function standardise(rows: readonly Float32Array[], frames: number): void {
  const means = new Float64Array(frames);
  const deviations = new Float64Array(frames);
  for (const row of rows) for (let frame = 0; frame < frames; frame++) means[frame]! += row[frame]!;
  for (let frame = 0; frame < frames; frame++) means[frame]! /= rows.length;
  for (const row of rows) {
    for (let frame = 0; frame < frames; frame++) deviations[frame]! += (row[frame]! - means[frame]!) ** 2;
  }
  for (let frame = 0; frame < frames; frame++) deviations[frame] = Math.sqrt(deviations[frame]! / rows.length) || 1;
  for (const row of rows) {
    for (let frame = 0; frame < frames; frame++) row[frame] = (row[frame]! - means[frame]!) / deviations[frame]!;
  }
}

/**
 * The median of so many frames around each. The window moves along in order of size: sorting it anew at every frame
 * took a quarter of the time of a whole reading.
 */
class RunningMedian {
  readonly #window = new Float32Array(SMOOTHED_FRAMES);
  #padded = new Float32Array(0);

  /** Adds the medians of `row`, times `share`, to `to`. Beyond its edges the row is mirrored. */
  add(row: Float32Array, { to, share }: { to: Float32Array; share: number }): void {
    const half = SMOOTHED_FRAMES >> 1;
    const frames = row.length;
    if (frames <= half) {
      for (let frame = 0; frame < frames; frame++) to[frame]! += row[frame]! * share;
      return;
    }
    const [window, padded] = [this.#window, this.#mirrored(row)];
    window.set(padded.subarray(0, SMOOTHED_FRAMES));
    window.sort();
    to[0]! += window[half]! * share;
    for (let frame = 1; frame < frames; frame++) {
      const gone = padded[frame - 1]!;
      let place = 0;
      while (place < SMOOTHED_FRAMES - 1 && window[place] !== gone) place++;
      const value = padded[frame - 1 + SMOOTHED_FRAMES]!;
      while (place > 0 && window[place - 1]! > value) window[place] = window[--place]!;
      while (place < SMOOTHED_FRAMES - 1 && window[place + 1]! < value) window[place] = window[++place]!;
      window[place] = value;
      to[frame]! += window[half]! * share;
    }
  }

  #mirrored(row: Float32Array): Float32Array {
    const half = SMOOTHED_FRAMES >> 1;
    const length = row.length + 2 * half;
    if (this.#padded.length !== length) this.#padded = new Float32Array(length);
    const padded = this.#padded;
    padded.set(row, half);
    for (let beyond = 1; beyond <= half; beyond++) {
      padded[half - beyond] = row[beyond]!;
      padded[half + row.length - 1 + beyond] = row[row.length - 1 - beyond]!;
    }
    return padded;
  }
}

/** The first frame of each row on the way from the first row and frame to the last ones with the largest sum. */
function startsOf(rows: readonly Float32Array[], frames: number): number[] {
  const best = rows.map(() => new Float64Array(frames));
  const came = rows.map(() => new Uint8Array(frames));
  for (const [row, values] of rows.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      const before = frame === 0 ? -Infinity : best[row]![frame - 1]!;
      const above = row === 0 ? -Infinity : best[row - 1]![frame]!;
      const both = row === 0 || frame === 0 ? -Infinity : best[row - 1]![frame - 1]!;
      const largest = Math.max(before, above, both);
      best[row]![frame] = values[frame]! + (row === 0 && frame === 0 ? 0 : largest);
      came[row]![frame] = largest === both ? BOTH : largest === before ? BEFORE : ABOVE;
    }
  }
  const starts = rows.map(() => 0);
  let [row, frame] = [rows.length - 1, frames - 1];
  while (row > 0 || frame > 0) {
    const step = row === 0 ? BEFORE : frame === 0 ? ABOVE : came[row]![frame]!;
    if (step !== BEFORE) starts[row--] = frame;
    if (step !== ABOVE) frame--;
  }
  return starts;
}

const BEFORE = 0;
const ABOVE = 1;
const BOTH = 2;
