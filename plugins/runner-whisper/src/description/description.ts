// What is known of a Whisper beside its weights: model.json of a prepared folder.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeightFormat } from '../weights/weights.ts';

export interface Dims {
  /** 80, or 128 since large-v3. */
  readonly mels: number;
  readonly width: number;
  /** Of 64 numbers each. */
  readonly heads: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly feedForward: number;
  readonly vocabularySize: number;
  /** Frames of 20 ms that the encoder holds. */
  readonly audioContext: number;
  /** Tokens that the decoder holds. */
  readonly textContext: number;
}

/** The ids of Whisper's marks. */
export interface Marks {
  readonly start: number;
  readonly end: number;
  readonly transcribe: number;
  readonly translate: number;
  readonly startOfPrevious: number;
  readonly startOfLm: number;
  readonly noSpeech: number;
  readonly noTimestamps: number;
  /** `<|0.00|>`; every further one is 20 ms later, up to `<|30.00|>`. */
  readonly firstTimestamp: number;
}

/** A head of a decoder layer's attention to the audio, both counted from 0. */
export type Head = readonly [layer: number, head: number];

/**
 * How long the encoder's input has to be. `full`: always 30 s. `short`: the clip and 1 s, at least 10 s. `any-length`: the
 * clip as it is, for weights that were tuned for it.
 */
export type AudioContext = 'full' | 'short' | 'any-length';

export interface Description {
  readonly format: typeof DESCRIPTION_FORMAT;
  readonly dims: Dims;
  readonly multilingual: boolean;
  readonly tokens: Marks;
  /** The marks of languages by BCP 47; empty for English models. */
  readonly languages: Readonly<Record<string, number>>;
  /** Never said. */
  readonly suppressed: readonly number[];
  /** Not said first. */
  readonly suppressedAtStart: readonly number[];
  /** The heads whose attention follows the speech. */
  readonly alignmentHeads: readonly Head[];
  readonly context: AudioContext;
  readonly precision: 'int8' | 'float';
  /** Whether 8-bit weights are signed: fast where the processor multiplies signed bytes exactly. */
  readonly signedInt8: boolean;
  /** The matrices that stay in float beside 8-bit ones. */
  readonly floatMatrices: readonly string[];
  /**
   * How far the encoder's output, and what the decoder makes its logits of, are from the float ones on the built-in clip, as
   * a share of their size. Absent in float; the decoder's in models that were imported before it was looked at.
   */
  readonly check?: { readonly difference: number; readonly decoderDifference?: number };
  readonly source: { readonly format: WeightFormat; readonly files: readonly string[] };
}

/** Raised when what a prepared folder holds changes its form. */
export const DESCRIPTION_FORMAT = 1;

const FILE = 'model.json';

/** Undefined when there is none that this version can use. */
export async function readDescription(folder: string): Promise<Description | undefined> {
  const text = await readFile(join(folder, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isDescription(value) ? value : undefined;
}

function isDescription(value: unknown): value is Description {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === DESCRIPTION_FORMAT;
}

/** Rejects with the system's error. */
export async function writeDescription(folder: string, description: Description): Promise<void> {
  await writeFile(join(folder, FILE), `${JSON.stringify(description, null, 2)}\n`);
}
