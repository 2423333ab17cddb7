// Writes an imported model as a Hugging Face folder, for training and for other programs.

import { access, copyFile, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportRequest } from '@voiceinput/plugin-api';
import type { Description } from '../description/description.ts';
import { readVocabulary, vocabularyOfBytes, type Vocabulary } from '../tokens/vocabulary.ts';
import { expectedShapes } from '../weights/expected.ts';
import { openWeights } from '../weights/open.ts';
import { SINGLE_FILE } from '../weights/safetensors.ts';
import { productOf, type Rows, type Weights, type WeightTensor } from '../weights/weights.ts';
import { bfloat16Bytes, halfBytes } from './half.ts';
import { preparedModel, SOURCE_FOLDER, weightsIn } from './prepared-model.ts';

/** Gives the paths of what it wrote: weights in the precision that they came in (quantised ones as float16), settings and tokeniser. */
export async function exportModel({ model, folder, report }: ExportRequest, signal: AbortSignal): Promise<string[]> {
  const source = join(model.folder, SOURCE_FOLDER);
  const { description } = await preparedModel(model.folder, {}, signal);
  const weights = await openWeights(await weightsIn(model.folder, signal), signal);
  try {
    await writeWeights(weights, { path: join(folder, SINGLE_FILE), report, description }, signal);
    const vocabulary = weights.vocabulary && vocabularyOfBytes(weights.vocabulary, description.dims.vocabularySize);
    const files = await writeSettings(folder, { source, description, vocabulary });
    return [SINGLE_FILE, ...files].map((name) => join(folder, name));
  } finally {
    await weights.close();
  }
}

interface StoredType {
  readonly dtype: string;
  readonly bytes: number;
  encode(values: Float32Array): Uint8Array;
}

const float16: StoredType = { dtype: 'F16', bytes: 2, encode: halfBytes };

const storedTypes: Record<string, StoredType> = {
  float32: {
    dtype: 'F32',
    bytes: 4,
    encode: (values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  },
  bfloat16: { dtype: 'BF16', bytes: 2, encode: bfloat16Bytes },
};

const typeOf = ({ storedAs }: WeightTensor): StoredType => storedTypes[storedAs] ?? float16;

/** So many numbers are in memory at once, about. */
const NUMBERS_AT_ONCE = 4_000_000;

async function writeWeights(
  weights: Weights,
  { path, report, description }: { path: string; report: ExportRequest['report']; description: Description },
  signal: AbortSignal,
): Promise<void> {
  const tensors = [...expectedShapes(description.dims).keys()].map((name) => weights.tensors.get(name)!);
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const tensor of tensors) {
    const begin = end;
    end += productOf(tensor.shape) * typeOf(tensor).bytes;
    header[`model.${tensor.name}`] = { dtype: typeOf(tensor).dtype, shape: tensor.shape, data_offsets: [begin, end] };
  }
  const handle = await open(path, 'wx');
  try {
    let done = 0;
    await append(handle, headerBytes(header));
    for (const tensor of tensors) {
      for (const rows of chunksOf(tensor)) {
        const bytes = typeOf(tensor).encode(await tensor.read(rows, signal));
        await append(handle, bytes);
        done += bytes.byteLength;
        report(done / end);
      }
    }
  } finally {
    await handle.close();
  }
}

/** The data begins at a multiple of 8, as the format asks. */
function headerBytes(header: Record<string, unknown>): Uint8Array {
  const text = JSON.stringify(header);
  const padded = Buffer.from(text.padEnd(Math.ceil(Buffer.byteLength(text) / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded]);
}

async function append(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    done += (await handle.write(bytes, done, bytes.byteLength - done)).bytesWritten;
  }
}

function chunksOf({ shape }: WeightTensor): Rows[] {
  const [rows = 1] = shape;
  const atOnce = Math.max(1, Math.floor(NUMBERS_AT_ONCE / productOf(shape.slice(1))));
  return Array.from({ length: Math.ceil(rows / atOnce) }, (_, index) => ({
    from: index * atOnce,
    count: Math.min(atOnce, rows - index * atOnce),
  }));
}

interface Beside {
  readonly source: string;
  readonly description: Description;
  readonly vocabulary: Vocabulary | undefined;
}

async function writeSettings(folder: string, { source, description, vocabulary }: Beside): Promise<string[]> {
  const json = (name: string, value: unknown): Promise<void> =>
    writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  await json('config.json', configOf(description));
  await json('generation_config.json', generationConfigOf(description));
  await json('preprocessor_config.json', preprocessorConfigOf(description));
  const written = ['config.json', 'generation_config.json', 'preprocessor_config.json'];
  const hasTokenizer = await access(join(source, 'tokenizer.json')).then(
    () => true,
    () => false,
  );
  if (hasTokenizer) {
    await copyFile(join(source, 'tokenizer.json'), join(folder, 'tokenizer.json'));
    return [...written, 'tokenizer.json'];
  }
  const known = vocabulary ?? (await readVocabulary(source));
  if (!known) return written;
  const texts = known.texts.flatMap((text, id) => (text === undefined ? [] : [[text, id] as const]));
  await json('vocab.json', Object.fromEntries(texts));
  await writeFile(
    join(folder, 'merges.txt'),
    `#version: 0.2\n${known.merges.map((pair) => pair.join(' ')).join('\n')}\n`,
  );
  await json('added_tokens.json', Object.fromEntries(known.marks));
  return [...written, 'vocab.json', 'merges.txt', 'added_tokens.json'];
}

/** https://huggingface.co/docs/transformers/model_doc/whisper#transformers.WhisperConfig */
const configOf = ({ dims, tokens }: Description): Record<string, unknown> => ({
  architectures: ['WhisperForConditionalGeneration'],
  model_type: 'whisper',
  activation_function: 'gelu',
  d_model: dims.width,
  num_mel_bins: dims.mels,
  vocab_size: dims.vocabularySize,
  encoder_layers: dims.encoderLayers,
  encoder_attention_heads: dims.heads,
  encoder_ffn_dim: dims.feedForward,
  decoder_layers: dims.decoderLayers,
  decoder_attention_heads: dims.heads,
  decoder_ffn_dim: dims.feedForward,
  max_source_positions: dims.audioContext,
  max_target_positions: dims.textContext,
  decoder_start_token_id: tokens.start,
  bos_token_id: tokens.end,
  eos_token_id: tokens.end,
  pad_token_id: tokens.end,
  is_encoder_decoder: true,
  use_cache: true,
});

const generationConfigOf = ({ tokens, languages, ...description }: Description): Record<string, unknown> => ({
  alignment_heads: description.alignmentHeads,
  begin_suppress_tokens: description.suppressedAtStart,
  suppress_tokens: description.suppressed,
  decoder_start_token_id: tokens.start,
  bos_token_id: tokens.end,
  eos_token_id: tokens.end,
  pad_token_id: tokens.end,
  no_timestamps_token_id: tokens.noTimestamps,
  prev_sot_token_id: tokens.startOfPrevious,
  is_multilingual: description.multilingual,
  max_length: description.dims.textContext,
  ...(description.multilingual && {
    lang_to_id: Object.fromEntries(Object.entries(languages).map(([code, id]) => [`<|${code}|>`, id])),
    task_to_id: { transcribe: tokens.transcribe, translate: tokens.translate },
  }),
});

const preprocessorConfigOf = ({ dims }: Description): Record<string, unknown> => ({
  feature_extractor_type: 'WhisperFeatureExtractor',
  processor_class: 'WhisperProcessor',
  feature_size: dims.mels,
  sampling_rate: 16_000,
  hop_length: 160,
  n_fft: 400,
  chunk_length: 30,
  n_samples: 480_000,
  nb_max_frames: 3000,
  padding_side: 'right',
  padding_value: 0,
  return_attention_mask: false,
});
