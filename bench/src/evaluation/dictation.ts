// What a long dictation is: clips with short gaps, made from its end backwards, so that longer ones end as shorter ones do.

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';

const GAP_SAMPLES = 0.4 * SAMPLE_RATE_HZ;

/**
 * Exactly `lengthS` seconds. `clipBefore(0)` is the last clip, `clipBefore(1)` the one before it and so on; the first
 * one that is needed is cut at its beginning.
 */
export async function dictationOf(
  lengthS: number,
  clipBefore: (index: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const whole = new Float32Array(Math.round(lengthS * SAMPLE_RATE_HZ));
  let at = whole.length;
  for (let index = 0; at > 0; index += 1) {
    const clip = await clipBefore(index);
    const piece = clip.subarray(Math.max(0, clip.length - at));
    at -= piece.length;
    whole.set(piece, at);
    at -= GAP_SAMPLES;
  }
  return whole;
}
