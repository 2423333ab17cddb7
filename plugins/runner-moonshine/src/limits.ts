// What the model can be asked: how short a clip may be, how many tokens it can hold, and where it may say nothing.

import { tokenBudget } from '@voiceinput/onnx';
import { SAMPLE_RATE_HZ, type Hint } from '@voiceinput/plugin-api';

/** The encoder's three convolutions need 895 samples for one frame. */
const LEAST_SAMPLES = SAMPLE_RATE_HZ / 10;

/** The fastest of real recordings came to 6.8. */
const TOKENS_PER_SECOND = 8;
const LEAST_TOKENS = 6;

export const mostTokens = (samples: Float32Array): number =>
  tokenBudget(samples.length, { perSecond: TOKENS_PER_SECOND, least: LEAST_TOKENS, sampleRateHz: SAMPLE_RATE_HZ });

/**
 * Moonshine ends one clear clip in thirty before the first word. Where the voice detector is sure of speech, an empty text
 * is not accepted. On noise and silence that reflex is right, and the detector is unsure.
 */
export const isSurelySpeech = ({ surelySpeech = false }: Hint): boolean => surelySpeech;

export function longEnough(samples: Float32Array): Float32Array {
  if (samples.length >= LEAST_SAMPLES) return samples;
  const padded = new Float32Array(LEAST_SAMPLES);
  padded.set(samples);
  return padded;
}
