// The one form in which audio travels through VoiceInput.

/** The only sample rate inside VoiceInput, in hertz. Sources resample to it. */
export const SAMPLE_RATE_HZ = 16_000;

/**
 * A stretch of audio as it comes from a source: mono, −1…1, 16 000 Hz.
 *
 * The receiver owns `samples`; a source never writes to a buffer that it gave away.
 */
export interface Frame {
  readonly samples: Float32Array;
  /** Position in the session, in samples; 0 is the first sample kept, pre-roll included. */
  readonly startSample: number;
}

/** A stretch of audio handed to a runner: mono, −1…1, 16 000 Hz. The runner must not write to `samples`. */
export interface Clip {
  readonly samples: Float32Array;
  /** Position in the session, in samples. */
  readonly startSample: number;
}

/** What a voice activity detector found in one analysis window. Windows follow each other without gaps. */
export interface Mark {
  readonly startSample: number;
  readonly endSample: number;
  /** 0 (surely no speech) … 1 (surely speech). A detector without degrees gives 0 or 1. */
  readonly speechProbability: number;
}

/** How long so many samples last, in milliseconds, not rounded. */
export const samplesToMs = (samples: number): number => (samples * 1000) / SAMPLE_RATE_HZ;
/** How many samples fit so many milliseconds, rounded to whole ones. */
export const msToSamples = (ms: number): number => Math.round((ms * SAMPLE_RATE_HZ) / 1000);
