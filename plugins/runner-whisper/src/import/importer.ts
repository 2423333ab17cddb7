// Takes a Whisper out of a file or folder: keeps its weights and makes its graphs.

import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { signedBytesAreExact } from '@voiceinput/onnx';
import type { ImportedModel, ImportRequest, ModelImporter, RecognisedModel } from '@voiceinput/plugin-api';
import type { Description, Dims } from '../description/description.ts';
import { unusable } from '../weights/binary-file.ts';
import { checkTensors, dimsOf } from '../weights/expected.ts';
import { findWeights, openWeights, type WeightFiles } from '../weights/open.ts';
import type { Weights } from '../weights/weights.ts';
import { exportModel } from './export.ts';
import { prepare } from './prepare.ts';
import { GRAPHS_FOLDER, SOURCE_FOLDER } from './prepared-model.ts';
import { sizeOf } from './size.ts';

const formNames = { safetensors: 'Hugging Face', ggml: 'ggml', ctranslate2: 'CTranslate2' };

/** What lies beside weights and is read with them. */
const SIDE_FILES = new Set([
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.json',
  'merges.txt',
  'added_tokens.json',
  'vocabulary.json',
  'vocabulary.txt',
  'model.safetensors.index.json',
]);

export const importer: ModelImporter = {
  recognise,
  import: importModel,
  export: exportModel,
};

async function recognise(path: string, signal: AbortSignal): Promise<RecognisedModel | undefined> {
  const files = await findWeights(path, signal);
  if (!files) return undefined;
  const weights = await openWeights(files, signal);
  try {
    const dims = dimsOf(weights);
    const { name, title } = sizeOf(dims);
    return { title: `${title}, ${formNames[files.format]}, ${storedAs(weights)}`, name };
  } finally {
    await weights.close();
  }
}

/** How the largest part of the weights is stored. */
const storedAs = ({ tensors }: Weights): string => tensors.get('decoder.embed_tokens.weight')?.storedAs ?? 'float32';

async function importModel({ path, folder, report }: ImportRequest, signal: AbortSignal): Promise<ImportedModel> {
  const files = await findWeights(path, signal);
  if (!files) throw unusable(path, 'there are no weights of a known form');
  await checkWhole(files, signal);
  await keepSource(files, join(folder, SOURCE_FOLDER), signal);
  await mkdir(join(folder, GRAPHS_FOLDER));
  const description = await prepare(
    {
      files,
      folder: join(folder, GRAPHS_FOLDER),
      signedInt8: await signedBytesAreExact(),
      onProgress: report,
    },
    signal,
  );
  return {
    title: sizeOf(description.dims).title,
    languages: languagesOf(description),
    memoryBytes: memoryOf(description.dims),
    files: Object.fromEntries((await filesIn(folder)).map((path) => [path, path])),
  };
}

/** Relative paths, with `/` between folders. */
async function filesIn(folder: string): Promise<string[]> {
  const parts = await Promise.all(
    [SOURCE_FOLDER, GRAPHS_FOLDER].map(async (part) =>
      (await readdir(join(folder, part))).map((name) => `${part}/${name}`),
    ),
  );
  return parts.flat().sort();
}

/** What is wrong with the weights is found before anything is copied. */
async function checkWhole(files: WeightFiles, signal: AbortSignal): Promise<void> {
  const weights = await openWeights(files, signal);
  try {
    checkTensors(weights, dimsOf(weights));
  } finally {
    await weights.close();
  }
}

async function keepSource(
  { folder, fileNames, format }: WeightFiles,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(target);
  // A ggml file has all inside, and often lies among files of others.
  const beside = format === 'ggml' ? [] : (await readdir(folder)).filter((name) => SIDE_FILES.has(name));
  const names = [...new Set([...fileNames, ...beside])].sort();
  for (const name of names) {
    signal.throwIfAborted();
    // Where the file system can, both share their blocks until one changes.
    await copyFile(join(folder, name), join(target, name), constants.COPYFILE_FICLONE);
  }
}

const languagesOf = ({ multilingual, languages }: Description): string[] =>
  multilingual ? Object.keys(languages) : ['en'];

/** As measured for base: the weights in 8 bits with what is made of them when they are opened, and a long clip while it is read. */
function memoryOf({ width, feedForward, encoderLayers, decoderLayers, vocabularySize }: Dims): number {
  const perLayer = 4 * width * width + 2 * width * feedForward;
  const weights =
    encoderLayers * perLayer + decoderLayers * (perLayer + 4 * width * width) + 2 * vocabularySize * width;
  return Math.round(weights * 1.3 + 180_000_000);
}
