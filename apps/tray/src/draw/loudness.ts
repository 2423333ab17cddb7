// How loud a level looks: ears hear ratios.

const QUIETEST_DB = -55;
const LOUDEST_DB = -12;

/** 0…1 for a root mean square of 0…1. */
export function loudness(level: number): number {
  if (level <= 0) return 0;
  const decibels = 20 * Math.log10(level);
  return Math.min(1, Math.max(0, (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}
