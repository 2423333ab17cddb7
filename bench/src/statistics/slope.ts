// How fast something grows.

/** Slope of the least-squares line through the points. NaN when all have the same `x`. */
export function slopePerUnit(x: readonly number[], y: readonly number[]): number {
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  const together = x.reduce((sum, value, index) => sum + (value - meanX) * ((y[index] ?? meanY) - meanY), 0);
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  return together / spread;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
