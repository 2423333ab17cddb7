// How much audio the encoder is given: the clip, and as much silence as the model needs behind it.

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';
import type { AudioContext } from '../description/description.ts';

/** The encoder makes a frame of so many samples, 20 ms. */
export const FRAME_SAMPLES = 320;
/** What Whisper was trained on. */
export const FULL_SAMPLES = 30 * SAMPLE_RATE_HZ;

/** With less, plain weights repeat themselves instead of ending: measured on 221 clips. */
const SHORT_SAMPLES = 10 * SAMPLE_RATE_HZ;
const SHORT_MARGIN_SAMPLES = SAMPLE_RATE_HZ;
const ANY_LENGTH_MARGIN_SAMPLES = SAMPLE_RATE_HZ / 2;

/** The clip with silence behind it. What is beyond 30 s is cut. */
export function padded(samples: Float32Array, context: AudioContext): Float32Array {
  const audio = new Float32Array(lengthFor(samples.length, context));
  audio.set(samples.subarray(0, audio.length));
  return audio;
}

function lengthFor(samples: number, context: AudioContext): number {
  const wanted = {
    full: FULL_SAMPLES,
    short: Math.max(SHORT_SAMPLES, samples + SHORT_MARGIN_SAMPLES),
    'any-length': samples + ANY_LENGTH_MARGIN_SAMPLES,
  }[context];
  return Math.min(FULL_SAMPLES, Math.ceil(wanted / FRAME_SAMPLES) * FRAME_SAMPLES);
}
