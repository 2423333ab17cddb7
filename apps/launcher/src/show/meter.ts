// How loudness is drawn with characters.

const BARS = '▁▂▃▄▅▆▇█';
/** Below is silence, dB of full scale. */
const QUIETEST_DB = -60;

/** `level`: root mean square, 0…1. */
export function meter(level: number): string {
  const loudness = 1 - (20 * Math.log10(Math.max(level, 0.001))) / QUIETEST_DB;
  const count = Math.round(Math.min(1, Math.max(0, loudness)) * BARS.length);
  return count === 0 ? '–' : BARS.slice(0, count);
}
