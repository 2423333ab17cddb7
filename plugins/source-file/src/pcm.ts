// How decoded audio of any rate and channel count becomes one channel of finite samples.

import { VoiceInputError } from '@voiceinput/plugin-api';

/** A stretch of decoded audio at the file's own rate, mixed to one channel. The receiver owns `samples`. */
export interface Pcm {
  readonly rateHz: number;
  readonly samples: Float32Array;
}

const RATES_HZ = { least: 1_000, most: 768_000 };
const MOST_CHANNELS = 64;

/** Throws `ERR_AUDIO_CORRUPT` unless `rateHz` and `channels` are such as real recordings have. */
export function checkShape(name: string, rateHz: number, channels: number): void {
  if (!(rateHz >= RATES_HZ.least && rateHz <= RATES_HZ.most)) {
    throw new VoiceInputError(
      'ERR_AUDIO_CORRUPT',
      `${name} claims a rate of ${rateHz} Hz; expected ${RATES_HZ.least} to ${RATES_HZ.most}.`,
    );
  }
  if (!(channels >= 1 && channels <= MOST_CHANNELS)) {
    throw new VoiceInputError(
      'ERR_AUDIO_CORRUPT',
      `${name} claims ${channels} channels; expected 1 to ${MOST_CHANNELS}.`,
    );
  }
}

/** Passes audio on until the first sample that is not finite, then throws `ERR_AUDIO_SAMPLES` with its place. */
export async function* finite(audio: AsyncIterable<Pcm>, name: string): AsyncGenerator<Pcm> {
  let position = 0;
  let seconds = 0;
  for await (const { samples, rateHz } of audio) {
    const bad = firstNotFinite(samples);
    if (bad >= 0) {
      if (bad > 0) yield { samples: samples.slice(0, bad), rateHz };
      const at = (seconds + bad / rateHz).toFixed(3);
      const value = Number.isNaN(samples[bad]) ? 'not a number' : 'infinite';
      throw new VoiceInputError(
        'ERR_AUDIO_SAMPLES',
        `${name}: sample ${position + bad} (at ${at} s) is ${value}; expected a finite number.`,
      );
    }
    yield { samples, rateHz };
    position += samples.length;
    seconds += samples.length / rateHz;
  }
}

function firstNotFinite(samples: Float32Array): number {
  // What is not finite leaves a mark on the sum: this is much quicker than asking each sample.
  let sum = 0;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index]!;
    sum += sample - sample;
  }
  return sum === 0 ? -1 : samples.findIndex((sample) => !Number.isFinite(sample));
}
