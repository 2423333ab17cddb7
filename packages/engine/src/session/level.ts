// How loud a microphone is said to be, and how often.

import { msToSamples } from '@voiceinput/plugin-api';

const STEP_SAMPLES = msToSamples(100);

/** Takes samples as they come; gives the root mean square (0…1) of the last tenth of a second, or nothing meanwhile. */
export function createLevel(): (samples: Float32Array) => number | undefined {
  let energy = 0;
  let count = 0;
  return (samples) => {
    for (const sample of samples) energy += sample * sample;
    count += samples.length;
    if (count < STEP_SAMPLES) return undefined;
    const level = Math.min(1, Math.sqrt(energy / count));
    energy = 0;
    count = 0;
    return level;
  };
}
