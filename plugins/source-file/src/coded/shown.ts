// How long a track is heard, and silence where it has no sound.

import type { Pcm } from '../pcm.ts';

/** So much of it, in pieces of a second. */
export function* silence(seconds: number, rateHz: number): Generator<Pcm> {
  for (let left = Math.round(seconds * rateHz); left > 0; left -= rateHz) {
    yield { rateHz, samples: new Float32Array(Math.min(left, rateHz)) };
  }
}

/** The first `seconds` of `audio`. */
export async function* until(seconds: number, audio: AsyncIterable<Pcm>): AsyncGenerator<Pcm> {
  let leftSeconds = seconds;
  for await (const { rateHz, samples } of audio) {
    const left = Math.round(leftSeconds * rateHz);
    if (samples.length > left) yield { rateHz, samples: samples.slice(0, left) };
    else yield { rateHz, samples };
    leftSeconds -= samples.length / rateHz;
    if (leftSeconds <= 0) return;
  }
}
