// How test audio sounds: pure functions, in samples at 16 000 Hz, the same for the same arguments.

import { SAMPLE_RATE_HZ } from '@voiceinput/plugin-api';

export const silence = (samples: number): Float32Array => new Float32Array(samples);

/** A pure tone. `amplitude` 0…1. */
export function sine(samples: number, hz = 440, amplitude = 0.3): Float32Array {
  return Float32Array.from(
    { length: samples },
    (_, at) => amplitude * Math.sin((2 * Math.PI * hz * at) / SAMPLE_RATE_HZ),
  );
}

/** White noise, uniform in ±`amplitude`. */
export function noise(samples: number, amplitude = 0.1, seed = 1): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: samples }, () => amplitude * (2 * random() - 1));
}

/**
 * Bursts that rise and fall like syllables: a voice's harmonics under a slow envelope, with a wandering pitch.
 * Loud and speech-shaped enough for an energy detector; a trained detector may see through it.
 */
export function speechLike(samples: number, seed = 1): Float32Array {
  const random = seededRandom(seed);
  const pitchHz = 100 + 60 * random();
  const syllablesPerSecond = 3 + 2 * random();
  let phase = 0;
  return Float32Array.from({ length: samples }, (_, at) => {
    const seconds = at / SAMPLE_RATE_HZ;
    phase += (2 * Math.PI * pitchHz * (1 + 0.1 * Math.sin(2 * Math.PI * 0.7 * seconds))) / SAMPLE_RATE_HZ;
    let voice = 0;
    for (let harmonic = 1; harmonic <= 12; harmonic += 1) voice += Math.sin(harmonic * phase) / harmonic;
    const envelope = 0.55 + 0.45 * Math.sin(2 * Math.PI * syllablesPerSecond * seconds - Math.PI / 2);
    return 0.25 * envelope * voice;
  });
}

/** The parts one after the other. */
export function concatenate(...parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((samples, part) => samples + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A generator of numbers 0 ≤ x < 1, the same for the same seed (mulberry32, public domain, T. Ettinger 2017). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
