// How far apart the outputs of two graphs are.

/** Mean difference that rounding to 8 bits explains, as a share of the values' standard deviation. */
export const ROUNDING_SHARE = 0.1;

/**
 * The mean absolute difference as a share of the standard deviation of `a`; infinite when the lengths differ or
 * there is a number that is none. Below `ROUNDING_SHARE` rounding to 8 bits explains it.
 */
export function difference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length || a.length === 0) return Infinity;
  const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
  let [deviation, apart] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    deviation += (a[index]! - mean) ** 2;
    apart += Math.abs(a[index]! - b[index]!);
  }
  const share = apart / a.length / Math.sqrt(deviation / a.length);
  return Number.isNaN(share) ? Infinity : share;
}

/** As people read it. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
