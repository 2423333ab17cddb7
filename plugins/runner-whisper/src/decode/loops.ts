// When a text is caught in a loop: it repeats itself, or the decoder looks again at audio that it has read already.

import { lengthBeforeLoop, type Look } from '@voiceinput/onnx';

/** A token that looks so far behind the farthest place read so far, 0.6 s, is not about what comes next. */
const BACK_FRAMES = 30;
/** Single tokens look back; so many in a row read the same audio again. On 315 clips speech came to 2, loops to 11 and more. */
const TOKENS_BACK = 5;

export type LoopWatch = (tokens: readonly number[], looks: readonly Look[]) => number | undefined;

/** Watches one text grow: how many tokens to keep of a text that is caught, else undefined. Only the clip's own frames count. */
export function watchLoops({ frames, heardFrames }: { frames: number; heardFrames: number }): LoopWatch {
  const places: number[] = [];
  return (tokens, looks) => {
    for (const look of looks.slice(places.length)) places.push(placeOf(look, { frames, heardFrames }));
    return lengthBeforeLoop(tokens) ?? lengthBeforeJump(places);
  };
}

/** How many tokens came before the decoder jumped back in the audio and stayed there. */
export function lengthBeforeJump(places: readonly number[]): number | undefined {
  const first = places.length - TOKENS_BACK;
  if (first <= 0) return undefined;
  // One token may look far ahead; two in a row have been there.
  const farthest = Math.max(...places.slice(0, first).map((place, at) => Math.min(place, places[at + 1]!)));
  return places.slice(first).every((place) => place < farthest - BACK_FRAMES) ? first : undefined;
}

/** The frame that all heads together look at most, among those of the clip. */
export function placeOf(look: Look, { frames, heardFrames }: { frames: number; heardFrames: number }): number {
  let [best, highest] = [0, -Infinity];
  for (let frame = 0; frame < heardFrames; frame++) {
    let sum = 0;
    for (let at = frame; at < look.length; at += frames) sum += look[at]!;
    if (sum > highest) [best, highest] = [frame, sum];
  }
  return best;
}
