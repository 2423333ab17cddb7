// Where nothing is said between two words: a model often gives a word the pause behind it.

import type { HeardWord } from './heard-word.ts';

const STEP_SAMPLES = 160;
/** Below it all is silence. */
const FLOOR_DB = 90;
const LEAST_PAUSE_STEPS = 12;
/** Eleven minutes. */
const BLOCK_STEPS = 65_536;

/** How loud a recording is, in steps of 10 ms: a byte each, in dB below full scale. */
export class Loudness {
  readonly #full: Uint8Array[] = [];
  #last = new Uint8Array(BLOCK_STEPS);
  #steps = 0;
  #energy = 0;
  #count = 0;

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.#energy += sample * sample;
      if (++this.#count === STEP_SAMPLES) this.#step();
    }
  }

  get levels(): Uint8Array {
    const levels = new Uint8Array(this.#full.length * BLOCK_STEPS + this.#steps);
    for (const [index, block] of this.#full.entries()) levels.set(block, index * BLOCK_STEPS);
    levels.set(this.#last.subarray(0, this.#steps), this.#full.length * BLOCK_STEPS);
    return levels;
  }

  #step(): void {
    const below = Math.min(FLOOR_DB, Math.max(0, -10 * Math.log10(this.#energy / STEP_SAMPLES + 1e-12)));
    this.#last[this.#steps++] = below;
    [this.#energy, this.#count] = [0, 0];
    if (this.#steps < BLOCK_STEPS) return;
    this.#full.push(this.#last);
    [this.#last, this.#steps] = [new Uint8Array(BLOCK_STEPS), 0];
  }
}

/** The words without the pauses that they were given: between the middles of two words, the longest stretch that is quiet. */
export function withPauses(words: readonly HeardWord[], levels: Uint8Array): HeardWord[] {
  const quiet = quietAbove(levels);
  const refined = words.map((word) => ({ ...word }));
  for (let index = 0; index + 1 < refined.length; index++) {
    const [word, next] = [refined[index]!, refined[index + 1]!];
    const from = Math.floor(word.startSample / STEP_SAMPLES) + 5;
    const to = Math.floor((next.startSample + next.endSample) / 2 / STEP_SAMPLES);
    const [begin, end] = longestQuiet(levels, { from, to, quiet });
    if (end - begin < LEAST_PAUSE_STEPS) continue;
    word.endSample = begin * STEP_SAMPLES;
    next.startSample = end * STEP_SAMPLES;
  }
  return refined;
}

/** From how far below full scale on it is quiet: nearer to the quietest tenth of the recording than to the loudest. */
function quietAbove(levels: Uint8Array): number {
  const sorted = levels.toSorted();
  const loud = sorted[Math.floor(sorted.length * 0.1)] ?? 0;
  const low = sorted[Math.floor(sorted.length * 0.9)] ?? FLOOR_DB;
  return Math.min(low - 0.3 * (low - loud), loud + 40);
}

function longestQuiet(
  levels: Uint8Array,
  { from, to, quiet }: { readonly from: number; readonly to: number; readonly quiet: number },
): [begin: number, end: number] {
  let [best, begin]: [[number, number], number] = [[from, from], from];
  for (let step = from; step <= to; step++) {
    if (step < to && levels[step]! >= quiet) continue;
    if (step - begin > best[1] - best[0]) best = [begin, step];
    begin = step + 1;
  }
  return best;
}
