// A clip as the decoder looks at it: encoded, with as much audio as the model needs.

import type { Encoded } from '@voiceinput/onnx';
import type { AudioContext } from '../description/description.ts';
import { FRAME_SAMPLES, padded } from './audio.ts';
import type { Whisper } from './whisper.ts';

export interface EncodedClip {
  readonly encoded: Encoded;
  readonly context: AudioContext;
  /** Frames of 20 ms that the decoder can look at. */
  readonly frames: number;
  /** How many of them are the clip. */
  readonly heardFrames: number;
  readonly samples: number;
}

/** Encodes a clip. What is beyond 30 s is not heard. */
export async function hear({ model }: Whisper, samples: Float32Array, context: AudioContext): Promise<EncodedClip> {
  const audio = padded(samples, context);
  const frames = audio.length / FRAME_SAMPLES;
  return {
    encoded: await model.encode(audio),
    context,
    frames,
    heardFrames: Math.min(frames, Math.ceil(samples.length / FRAME_SAMPLES)),
    samples: samples.length,
  };
}
