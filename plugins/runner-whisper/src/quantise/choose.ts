// Which matrices stay in float.

import type { MatrixError } from './calibrate.ts';

/** What a matrix may cost on average. Whisper base is at 0.0054 with the one matrix in float that needs it, at 0.0083 without. */
const MOST_MEAN_ERROR = 0.0065;
/** Beyond this, float costs more time and memory than it saves errors. */
const MOST_SHARE = 0.125;

/**
 * The worst matrices, until the others cost little on average: the root of the mean square, as errors of different
 * matrices are independent.
 */
export function chooseFloat(errors: readonly MatrixError[]): string[] {
  const worst = errors.toSorted((a, b) => b.error - a.error);
  const chosen: string[] = [];
  let left = worst.reduce((sum, { error }) => sum + error ** 2, 0);
  for (const { name, error } of worst) {
    const mean = Math.sqrt(left / errors.length);
    if (mean <= MOST_MEAN_ERROR || chosen.length >= errors.length * MOST_SHARE) break;
    chosen.push(name);
    left -= error ** 2;
  }
  return chosen;
}
