// When a microphone is taken for muted: all that came from it was perfect silence.

import { msToSamples, VoiceInputError } from '@voiceinput/plugin-api';

/** A room is never so perfectly quiet for so long. */
const LEAST_SAMPLES = msToSamples(2_000);

export interface MuteWatch {
  heard(samples: Float32Array): void;
  /** Absent as long as there is no reason to think so. */
  readonly trouble: VoiceInputError | undefined;
}

/** Watches one recording. */
export function watchForMute(): MuteWatch {
  let silentSamples = 0;
  return {
    heard(samples) {
      silentSamples = samples.every((sample) => sample === 0) ? silentSamples + samples.length : -Infinity;
    },
    get trouble() {
      if (silentSamples < LEAST_SAMPLES) return undefined;
      return new VoiceInputError('ERR_MICROPHONE_MUTED', 'The microphone delivered nothing but silence.');
    },
  };
}
