// Makes of weights what the runner opens: two graphs, a tokeniser and a description.

import { probeClip } from '@voiceinput/onnx/graph';
import { describe, type ModelFacts } from '../description/describe.ts';
import { writeDescription, type Description } from '../description/description.ts';
import { inFloat, type Precision } from '../graphs/linear.ts';
import { calibrate } from '../quantise/calibrate.ts';
import { checkDecoder, decoderMatrices } from '../quantise/check-decoder.ts';
import { checkEncoder } from '../quantise/check.ts';
import { chooseFloat } from '../quantise/choose.ts';
import { openTokenizer, writeTokenizer } from '../tokens/tokenizer.ts';
import { readVocabulary, vocabularyOfBytes, type Vocabulary } from '../tokens/vocabulary.ts';
import { unusable } from '../weights/binary-file.ts';
import { counted, numbersOf } from '../weights/counted.ts';
import { checkTensors, dimsOf } from '../weights/expected.ts';
import { finite } from '../weights/finite.ts';
import { openWeights, type WeightFiles } from '../weights/open.ts';
import type { Weights } from '../weights/weights.ts';
import { buildGraphs } from './build.ts';

export interface PrepareOptions {
  readonly files: WeightFiles;
  /** An empty folder. */
  readonly folder: string;
  /** Whether the machine multiplies signed bytes exactly. */
  readonly signedInt8: boolean;
  /** Default: int8. */
  readonly precision?: Description['precision'];
  /** Told how much of the work is done, 0…1. */
  readonly onProgress?: (share: number) => void;
}

/** Rejects with `ERR_MODEL_FORMAT`, with the system's error when the folder cannot be written, or with the signal's reason. */
export async function prepare(options: PrepareOptions, signal: AbortSignal): Promise<Description> {
  const { files, folder } = options;
  const opened = await openWeights(files, signal);
  try {
    const dims = dimsOf(opened);
    checkTensors(opened, dims);
    const vocabulary = await vocabularyOf(opened, files, dims.vocabularySize);
    await writeTokenizer(folder, vocabulary);
    const tokenizer = await openTokenizer(folder);
    const facts = await describe({ files, dims, vocabulary, tokenizer });
    const weights = followed(finite(opened), options);
    const description = await (options.precision === 'float' ? writeFloat : writeInt8)(
      weights,
      { ...options, facts },
      signal,
    );
    await writeDescription(folder, description);
    return description;
  } finally {
    await opened.close();
  }
}

async function vocabularyOf(
  { vocabulary: bytes, path }: Weights,
  { folder }: WeightFiles,
  vocabularySize: number,
): Promise<Vocabulary> {
  const vocabulary = bytes ? vocabularyOfBytes(bytes, vocabularySize) : await readVocabulary(folder);
  if (!vocabulary) {
    throw unusable(
      path,
      'there is no vocabulary beside it (tokenizer.json, vocab.json with merges.txt, vocabulary.json or vocabulary.txt)',
      {
        hint: 'Put the tokenizer.json of the same model into the folder.',
      },
    );
  }
  const largest = Math.max(vocabulary.texts.length - 1, ...vocabulary.marks.values());
  if (vocabulary.texts.length <= vocabularySize) return vocabulary;
  throw unusable(path, `it has ${vocabularySize} tokens, but the vocabulary beside it numbers them up to ${largest}`);
}

/** Encoder weights are read for calibration, for the check and for writing. */
const ENCODER_PASSES = 3;

function followed(weights: Weights, { onProgress, precision }: PrepareOptions): Weights {
  if (!onProgress) return weights;
  const inInt8 = precision !== 'float';
  // Of the decoder only the layers are checked.
  const checked = inInt8 ? numbersOf(weights, 'decoder.layers') : 0;
  const total = (inInt8 ? ENCODER_PASSES : 1) * numbersOf(weights, 'encoder') + numbersOf(weights, 'decoder') + checked;
  let done = 0;
  return counted(weights, (numbers) => {
    done += numbers;
    onProgress(Math.min(1, done / total));
  });
}

type Write = PrepareOptions & { readonly facts: ModelFacts };

async function writeFloat(weights: Weights, { folder, facts }: Write, signal: AbortSignal): Promise<Description> {
  await buildGraphs({ weights, ...facts, precision: inFloat }, folder, signal);
  return { ...facts, precision: 'float', signedInt8: true, floatMatrices: [] };
}

async function writeInt8(
  weights: Weights,
  { folder, facts, signedInt8 }: Write,
  signal: AbortSignal,
): Promise<Description> {
  const clip = calibrationClip();
  const model = { weights, dims: facts.dims, signed: signedInt8 };
  const calibration = await calibrate(model, clip, signal);
  const { floatMatrices, precision } = keeping(chooseFloat(calibration.errors), signedInt8);
  const difference = await checkEncoder({ ...model, precision, calibration }, clip, signal);
  const { normed } = calibration;
  const decoderDifference = await checkDecoder({ weights, dims: facts.dims, precision, normed }, signal);
  const kept = keeping(
    [
      ...(difference <= MOST_DIFFERENCE ? floatMatrices : calibration.errors.map(({ name }) => name)),
      ...(decoderDifference <= MOST_DIFFERENCE ? [] : decoderMatrices(facts.dims)),
    ],
    signedInt8,
  );
  await buildGraphs({ weights, ...facts, precision: kept.precision, scales: calibration }, folder, signal);
  const check = { difference, decoderDifference };
  return { ...facts, precision: 'int8', signedInt8, floatMatrices: kept.floatMatrices, check };
}

/** A clip of 10 s as the runner would give it: speech and silence behind it. */
function calibrationClip(): Float32Array {
  const clip = new Float32Array(10 * 16_000);
  clip.set(probeClip());
  return clip;
}

/** The encoder of Whisper base has 0.1. Where 8 bits cost far more, encoder or decoder stays in float. */
const MOST_DIFFERENCE = 0.25;

interface Choice {
  readonly floatMatrices: readonly string[];
  readonly precision: Precision;
}

function keeping(floatMatrices: readonly string[], signed: boolean): Choice {
  const names = new Set(floatMatrices);
  return { floatMatrices, precision: { isFloat: (name) => names.has(name), signed } };
}
