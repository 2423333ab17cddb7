// Which matrices stay in float.

import type { MatrixError } from './calibrate.ts';

/** Whisper base, with the one matrix in float that needs it, is at 0.026. */
const MOST_ERROR = 0.03;
/** Beyond this, float costs more time than it saves errors. */
const MOST_SHARE = 0.25;

/**
 * The worst matrices, until what the others do together is small enough. Errors of different matrices are independent,
 * so their squares add up.
 */
export function chooseFloat(errors: readonly MatrixError[]): string[] {
  const worst = errors.toSorted((a, b) => b.error - a.error);
  const chosen: string[] = [];
  let left = worst.reduce((sum, { error }) => sum + error ** 2, 0);
  for (const { name, error } of worst) {
    if (Math.sqrt(left) <= MOST_ERROR || chosen.length >= errors.length * MOST_SHARE) break;
    chosen.push(name);
    left -= error ** 2;
  }
  return chosen;
}
