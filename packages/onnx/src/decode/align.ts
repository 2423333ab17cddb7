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
  for (let head = 0; head < heads; head++) {
    const ofHead = looks.map((look) => shares(look.subarray(head * frames, head * frames + used)));
    standardise(ofHead, used);
    for (const [token, row] of ofHead.entries()) {
      smoothed(row).forEach((value, frame) => (rows[token]![frame]! += value / heads));
    }
  }
  return rows;
}

/** What was looked at among the frames used alone. */
function shares(look: Float32Array): Float32Array {
  const sum = look.reduce((total, value) => total + value, 0);
  return sum === 0 ? look.slice() : look.map((value) => value / sum);
}

/** At each frame less the mean over the tokens, over their standard deviation. */
function standardise(rows: readonly Float32Array[], frames: number): void {
  for (let frame = 0; frame < frames; frame++) {
    const mean = rows.reduce((sum, row) => sum + row[frame]!, 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[frame]! - mean) ** 2, 0) / rows.length;
    const deviation = Math.sqrt(variance) || 1;
    for (const row of rows) row[frame] = (row[frame]! - mean) / deviation;
  }
}

function smoothed(row: Float32Array): Float32Array {
  const half = SMOOTHED_FRAMES >> 1;
  if (row.length <= half) return row;
  return row.map((_, frame) => {
    // Beyond the edges the row is mirrored.
    const window = Array.from({ length: SMOOTHED_FRAMES }, (_unused, offset) => {
      const at = Math.abs(frame - half + offset);
      return row[at < row.length ? at : 2 * (row.length - 1) - at]!;
    });
    return window.toSorted((a, b) => a - b)[half]!;
  });
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
