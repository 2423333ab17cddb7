// How far a dictation has been heard: told as it goes on, and what it says about the microphone.

import type { EventBody, VoiceInputError } from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';
import { createLevel } from './level.ts';
import type { Heard } from './listen.ts';
import { watchForMute } from './muted.ts';

const STEP_SAMPLES = msToSamples(1000);

export interface HearingProgress {
  /** Samples heard so far. */
  readonly audioSamples: number;
  /** What has been heard is this. `isLive`: somebody speaks now, and wants to see how loud. */
  note(heard: Pick<Heard, 'endSample' | 'samples'>, isLive: boolean): void;
  /** Why a device seems to be muted. Absent as long as it does not. */
  readonly muteTrouble: VoiceInputError | undefined;
}

export interface ProgressPort {
  readonly sessionId: string;
  emit(body: EventBody): unknown;
}

/** Tells the level and every second of audio as events. */
export function createProgress({ sessionId, emit }: ProgressPort): HearingProgress {
  const levelOf = createLevel();
  const mute = watchForMute();
  let audioSamples = 0;
  return {
    get audioSamples() {
      return audioSamples;
    },
    note({ endSample, samples }, isLive) {
      mute.heard(samples);
      const level = isLive ? levelOf(samples) : undefined;
      if (level !== undefined) emit({ type: 'level', sessionId, level });
      const [before, now] = [audioSamples, endSample].map((count) => Math.floor(count / STEP_SAMPLES));
      audioSamples = endSample;
      if (before !== now) emit({ type: 'progress', sessionId, sample: endSample });
    },
    get muteTrouble() {
      return mute.trouble;
    },
  };
}
