// Which form the weights at a path have, and what is said of files in another.

import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { openBinaryFile, unusable } from './binary-file.ts';
import { CTRANSLATE2_FILE, openCtranslate2 } from './ctranslate2.ts';
import { GGML_MAGIC, openGgml } from './ggml.ts';
import { INDEX_FILE, openSafetensors, shardsOf, SINGLE_FILE } from './safetensors.ts';
import type { WeightFormat, Weights } from './weights.ts';

/** Where weights lie: the folder, and the files in it that hold them. */
export interface WeightFiles {
  readonly format: WeightFormat;
  readonly folder: string;
  readonly fileNames: readonly string[];
}

const TAKEN =
  'Take one of these forms: a Hugging Face folder with model.safetensors, a ggml file of whisper.cpp, or a CTranslate2 folder with model.bin.';

/**
 * Undefined when nothing at the path looks like weights. Rejects with `ERR_MODEL_FORMAT` when it holds weights in a form
 * that is not taken, or broken ones; the message says what it is.
 */
export async function findWeights(path: string, signal: AbortSignal): Promise<WeightFiles | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new VoiceInputError('ERR_FILE_NOT_FOUND', `There is no file or folder at ${path}.`);
  return found.isDirectory() ? findInFolder(path, signal) : recognise(path, signal);
}

/** Rejects with `ERR_MODEL_FORMAT` when the files are damaged. Only their headers are read. */
export function openWeights({ format, folder, fileNames }: WeightFiles, signal: AbortSignal): Promise<Weights> {
  if (format === 'safetensors') return openSafetensors(folder, fileNames, signal);
  if (format === 'ctranslate2') return openCtranslate2(folder, signal);
  return openGgml(join(folder, fileNames[0] ?? ''), signal);
}

async function findInFolder(folder: string, signal: AbortSignal): Promise<WeightFiles | undefined> {
  const names = new Set(await readdir(folder));
  if (names.has(INDEX_FILE)) return sharded(folder, names);
  if (names.has(SINGLE_FILE)) return single(folder, signal);
  const candidates = [...names].filter((name) => ['.bin', '.safetensors', '.pt', '.pth'].includes(extname(name)));
  const main = names.has(CTRANSLATE2_FILE) ? CTRANSLATE2_FILE : candidates.length === 1 ? candidates[0] : undefined;
  if (main !== undefined) return recognise(join(folder, main), signal);
  const pickled = candidates.find((name) => name.startsWith('pytorch_model'));
  if (pickled !== undefined) return recognise(join(folder, pickled), signal);
  if (candidates.length === 0) return undefined;
  throw unusable(folder, `there are several weight files in it: ${candidates.sort().join(', ')}`, {
    hint: 'Name one of them.',
  });
}

/** Whatever its name says, the file may be in another form. */
async function single(folder: string, signal: AbortSignal): Promise<WeightFiles> {
  const found = await recognise(join(folder, SINGLE_FILE), signal);
  return found ?? { format: 'safetensors', folder, fileNames: [SINGLE_FILE] };
}

async function sharded(folder: string, names: ReadonlySet<string>): Promise<WeightFiles> {
  const fileNames = await shardsOf(folder);
  const absent = fileNames.filter((name) => !names.has(name));
  if (absent.length === 0) return { format: 'safetensors', folder, fileNames };
  throw unusable(
    folder,
    `of the ${fileNames.length} parts that ${INDEX_FILE} names, ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} missing`,
    {
      hint: 'Download the missing parts into the same folder.',
    },
  );
}

/** No file of weights is shorter. */
const LEAST_BYTES = 16;
const ZIP = 'PK\u0003\u0004';
const GGUF = 'GGUF';
/** What pickles of protocol 2 to 5 begin with. */
const PICKLE = /^\u0080[\u0002-\u0005]/;

async function recognise(path: string, signal: AbortSignal): Promise<WeightFiles | undefined> {
  const file = await openBinaryFile(path);
  try {
    const length = Math.min(LEAST_BYTES, file.sizeBytes);
    const start = await file.read({ offset: 0, length, what: 'its beginning' }, signal);
    return recogniseStart(path, start);
  } finally {
    await file.close();
  }
}

function recogniseStart(path: string, start: Uint8Array): WeightFiles | undefined {
  const [folder, name] = [dirname(path), basename(path)];
  const letters = String.fromCodePoint(...start);
  if (start.length < LEAST_BYTES) return undefined;
  const view = new DataView(start.buffer);
  if (view.getUint32(0, true) === GGML_MAGIC) return { format: 'ggml', folder, fileNames: [name] };
  if (letters.startsWith(ZIP) || PICKLE.test(letters)) {
    throw unusable(path, 'it is a PyTorch checkpoint, a program that would run when it is opened, and is never read', {
      hint: TAKEN,
    });
  }
  if (letters.startsWith(GGUF)) throw unusable(path, 'it is a GGUF file, and Whisper comes as ggml', { hint: TAKEN });
  if (letters.slice(8, 9) === '{') return { format: 'safetensors', folder, fileNames: [name] };
  if (name === CTRANSLATE2_FILE) return { format: 'ctranslate2', folder, fileNames: [name] };
  return undefined;
}
