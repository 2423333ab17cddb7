// What a speech model is to whoever decodes with it: a frontend, an encoder and a decoder.

import type { InferenceSession } from 'onnxruntime-node';
import type { Decoder, Encoded } from './decode/steps.ts';
import { releaseAll } from './release.ts';

/** Makes the encoder's inputs, by name, from samples of 16 000 Hz; the samples are only read. */
export type Frontend = (samples: Float32Array) => Encoded | Promise<Encoded>;

/** A model that encodes a clip once and decodes text from it token by token. */
export interface SpeechModel {
  readonly decoder: Decoder;
  /** The encoder's output for a clip of 16 000 Hz. */
  encode(samples: Float32Array): Promise<Encoded>;
  close(): Promise<void>;
}

/** An encoder with what goes before and after it. */
export interface EncoderParts {
  readonly frontend: Frontend;
  readonly encoder: InferenceSession;
  /** What the decoder calls an output of the encoder. Default: as the encoder calls it. */
  readonly nameFor?: (output: string) => string;
}

/** Puts a model together. It owns encoder and decoder from then on. */
export function speechModel({ decoder, ...parts }: EncoderParts & { readonly decoder: Decoder }): SpeechModel {
  return {
    decoder,
    encode: (samples) => encodeWith(parts, samples),
    close: () => releaseAll([() => parts.encoder.release(), () => decoder.close()]),
  };
}

/** Runs an encoder once. */
export async function encodeWith(
  { frontend, encoder, nameFor = (output) => output }: EncoderParts,
  samples: Float32Array,
): Promise<Encoded> {
  const outputs = Object.entries(await encoder.run(await frontend(samples)));
  return Object.fromEntries(outputs.map(([output, tensor]) => [nameFor(output), tensor]));
}
