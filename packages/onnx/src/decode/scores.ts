// How a row of logits is read.

/** The index of the largest value of row `row`; `forbidden` is passed over. Ties go to the first. */
export function bestToken(logits: Float32Array, row: number, { vocabularySize, forbidden = -1 }: RowOptions): number {
  const start = row * vocabularySize;
  const end = start + vocabularySize;
  let best = forbidden === 0 ? 1 : 0;
  let highest = logits[start + best]!;
  for (let index = start; index < end; index++) {
    const value = logits[index]!;
    if (value > highest && index - start !== forbidden) {
      highest = value;
      best = index - start;
    }
  }
  return best;
}

interface RowOptions {
  readonly vocabularySize: number;
  /** A token that must not be chosen. */
  readonly forbidden?: number;
}

/** All tokens whose share of the sum is left out add less than e^−6 of the best, 0.0025, however many there are. */
const NEGLIGIBLE_TOGETHER = 6;

/**
 * The natural-log probability of `token` in row `row`: its logit less the log of the sum of exponentials. `best` is a
 * token with the largest logit, where one is known: looking for it takes as long as all the rest.
 */
export function logProbability(
  logits: Float32Array,
  row: number,
  { token, ...of }: { token: number; vocabularySize: number; best?: number | undefined },
): number {
  const { vocabularySize } = of;
  const total = logTotal(logits, row, of);
  return Math.min(0, logits[row * vocabularySize + token]! - total);
}

/** The natural logarithm of the sum of exponentials of row `row`: what lies between a logit and its log-probability. */
export function logTotal(
  logits: Float32Array,
  row: number,
  {
    vocabularySize,
    best = bestToken(logits, row, { vocabularySize }),
  }: RowOptions & { readonly best?: number | undefined },
): number {
  const start = row * vocabularySize;
  const end = start + vocabularySize;
  const highest = logits[start + best]!;
  const least = highest - NEGLIGIBLE_TOGETHER - Math.log(vocabularySize);
  let sum = 0;
  for (let index = start; index < end; index++) {
    const value = logits[index]!;
    if (value > least) sum += Math.exp(value - highest);
  }
  return highest + Math.log(sum);
}

/** The tokens of the `count` largest values of row `row`, largest first; `forbidden` is passed over. Of equals the first comes first. */
export function bestTokens(
  logits: Float32Array,
  row: number,
  { vocabularySize, forbidden = -1, count }: RowOptions & { count: number },
): number[] {
  const start = row * vocabularySize;
  const end = start + vocabularySize;
  const best: number[] = [];
  let least = -Infinity;
  for (let index = start; index < end; index++) {
    const value = logits[index]!;
    // Nearly all tokens end here.
    if ((value <= least && best.length === count) || index - start === forbidden) continue;
    if (best.length === count) best.pop();
    let place = best.length;
    while (place > 0 && logits[start + best[place - 1]!]! < value) place--;
    best.splice(place, 0, index - start);
    least = logits[start + best.at(-1)!]!;
  }
  return best;
}

/** Makes tokens impossible in row `row`; those outside the vocabulary are passed over. Changes `logits`. */
export function suppress(
  logits: Float32Array,
  row: number,
  { vocabularySize, tokens }: { vocabularySize: number; tokens: readonly number[] },
): void {
  for (const token of tokens) {
    if (token >= 0 && token < vocabularySize) logits[row * vocabularySize + token] = -Infinity;
  }
}
