// What the decoder of FLAC gives, to the last bit.

import type { FLACDecodedAudio } from '@wasm-audio-decoders/flac';

/** It gives a 16-bit sample as its integer / 32,767; everywhere else, and in WAV, it is / 32,768. */
export function exact(audio: FLACDecodedAudio): FLACDecodedAudio {
  const top = 2 ** (audio.bitDepth - 1);
  for (const samples of audio.channelData) {
    for (let index = 0; index < samples.length; index++) samples[index] = Math.round(samples[index]! * (top - 1)) / top;
  }
  return audio;
}
