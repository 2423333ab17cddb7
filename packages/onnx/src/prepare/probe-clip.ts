// On what sound prepared and published graphs are compared: two seconds of vowels, made here.

const SAMPLE_RATE_HZ = 16_000;
const LENGTH_SAMPLES = 2 * SAMPLE_RATE_HZ;
const PITCH_HZ = 120;
/** First two formants of the vowels in “father”, “heed”, “who'd” and “head” (Peterson and Barney 1952, men). */
const FORMANTS_HZ: readonly (readonly [number, number])[] = [
  [730, 1090],
  [270, 2290],
  [300, 870],
  [530, 1840],
];
const BANDWIDTH_HZ = 120;

/** A voice-like clip, always the same: harmonics of one pitch under moving formants, four syllables a second. */
export function probeClip(): Float32Array {
  const clip = new Float32Array(LENGTH_SAMPLES);
  for (let index = 0; index < LENGTH_SAMPLES; index++) {
    const seconds = index / SAMPLE_RATE_HZ;
    const formants = FORMANTS_HZ[Math.floor(seconds * 4) % FORMANTS_HZ.length]!;
    let sum = 0;
    for (let harmonic = 1; harmonic * PITCH_HZ < 3500; harmonic++) {
      const hz = harmonic * PITCH_HZ;
      sum += Math.sin(2 * Math.PI * hz * seconds) * (resonance(hz, formants[0]) + 0.5 * resonance(hz, formants[1]));
    }
    clip[index] = 0.2 * sum * Math.sin(Math.PI * ((seconds * 4) % 1)) ** 0.5;
  }
  return clip;
}

const resonance = (hz: number, centreHz: number): number => 1 / (1 + ((hz - centreHz) / BANDWIDTH_HZ) ** 2);
