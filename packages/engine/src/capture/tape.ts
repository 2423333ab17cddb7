// Which recent audio of a session is kept in memory.

import type { Frame } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** The session's audio from the first sample still needed to the last one heard. */
export interface Tape {
  /** Samples heard so far. */
  readonly endSample: number;
  append(frame: Frame): void;
  /** A copy of the samples from `startSample` to `endSample` (exclusive), as far as they were heard and kept. */
  slice(startSample: number, endSample: number): Float32Array;
  /** Forgets what lies before `sample`. */
  forgetBefore(sample: number): void;
}

/** An empty tape. */
export function createTape(): Tape {
  const frames: Frame[] = [];
  let endSample = 0;

  return {
    get endSample() {
      return endSample;
    },
    append(frame) {
      if (frame.startSample !== endSample) {
        throw new VoiceInputError(
          'ERR_PLUGIN_FAILED',
          `The source delivered a frame at sample ${frame.startSample}; expected ${endSample}.`,
        );
      }
      frames.push(frame);
      endSample += frame.samples.length;
    },
    slice(startSample, wantedEndSample) {
      const first = frames[0]?.startSample ?? endSample;
      const from = Math.max(startSample, first);
      const to = Math.max(from, Math.min(wantedEndSample, endSample));
      const samples = new Float32Array(to - from);
      for (const frame of frames) {
        const begin = Math.max(from, frame.startSample);
        const end = Math.min(to, frame.startSample + frame.samples.length);
        if (begin >= end) continue;
        samples.set(frame.samples.subarray(begin - frame.startSample, end - frame.startSample), begin - from);
      }
      return samples;
    },
    forgetBefore(sample) {
      let count = 0;
      for (const frame of frames) {
        if (frame.startSample + frame.samples.length > sample) break;
        count += 1;
      }
      frames.splice(0, count);
    },
  };
}
