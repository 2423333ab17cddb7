// Where in a pause the sound is cut.

import type { AlignedPair, Pause } from './pairs.ts';

const SAMPLES_PER_MS = 16;
/** So much of the pause stays with the word: times of words are that unsure. */
const MARGIN_SAMPLES = 300 * SAMPLES_PER_MS;
const WINDOW_SAMPLES = 20 * SAMPLES_PER_MS;

/** From which sample to which a clip may need the recording. */
export const reachOf = ({ begins, ends }: Pick<AlignedPair, 'begins' | 'ends'>): Pause => ({
  from: Math.max(begins.from, begins.to - MARGIN_SAMPLES),
  to: Math.min(ends.to, ends.from + MARGIN_SAMPLES),
});

/** Of the samples of its reach, those of the clip: from and to the quietest places of its pauses. */
export function cutSamples(samples: Float32Array, pair: Pick<AlignedPair, 'begins' | 'ends'>): Float32Array {
  const { from } = reachOf(pair);
  const start = quietest(samples, 0, pair.begins.to - from);
  const end = quietest(samples, Math.max(start, pair.ends.from - from), samples.length);
  return samples.slice(start, end);
}

/** The middle of the quietest 20 ms between two places. */
function quietest(samples: Float32Array, from: number, to: number): number {
  let [best, bestEnergy] = [(from + to) >> 1, Infinity];
  for (let start = from; start + WINDOW_SAMPLES <= to; start += WINDOW_SAMPLES / 2) {
    let energy = 0;
    for (let index = start; index < start + WINDOW_SAMPLES; index++) energy += (samples[index] ?? 0) ** 2;
    if (energy < bestEnergy) [best, bestEnergy] = [start + WINDOW_SAMPLES / 2, energy];
  }
  return best;
}
