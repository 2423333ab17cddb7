// Weights in safetensors files, as Hugging Face keeps them: one file or several with an index.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBinaryFile, unusable, type BinaryFile } from './binary-file.ts';
import { bfloat16, float16, float32, type ElementFormat } from './elements.ts';
import { closing } from './closing.ts';
import { bytesOfStored, storedTensor } from './stored.ts';
import type { Weights, WeightTensor } from './weights.ts';

const formats: Record<string, ElementFormat> = { F32: float32, F16: float16, BF16: bfloat16 };

export const SINGLE_FILE = 'model.safetensors';
export const INDEX_FILE = 'model.safetensors.index.json';

/** Opens the files of a folder. `https://huggingface.co/docs/safetensors` has the format. */
export function openSafetensors(folder: string, fileNames: readonly string[], signal: AbortSignal): Promise<Weights> {
  return closing(async (files) => {
    const tensors = new Map<string, WeightTensor>();
    for (const fileName of fileNames) {
      const file = await openBinaryFile(join(folder, fileName));
      files.push(file);
      for (const tensor of await readHeader(file, signal)) {
        if (tensors.has(tensor.name)) throw unusable(file.path, `${tensor.name} is there twice`);
        tensors.set(tensor.name, tensor);
      }
    }
    return { format: 'safetensors', path: folder, tensors };
  });
}

/** The files of a sharded model, by its index. */
export async function shardsOf(folder: string): Promise<string[]> {
  const path = join(folder, INDEX_FILE);
  const index: unknown = parse(await readFile(path, 'utf8'), path);
  const map = typeof index === 'object' && index !== null && 'weight_map' in index ? index.weight_map : undefined;
  if (typeof map !== 'object' || map === null) throw unusable(path, 'it has no weight_map');
  const names = Object.values(map).filter((name) => typeof name === 'string');
  return [...new Set(names)].sort();
}

async function readHeader(file: BinaryFile, signal: AbortSignal): Promise<WeightTensor[]> {
  const start = await file.read({ offset: 0, length: 8, what: 'the length of its header' }, signal);
  const length = Number(new DataView(start.buffer).getBigUint64(0, true));
  if (length > MOST_HEADER_BYTES) {
    throw unusable(file.path, 'it does not begin with the length of a header, as a safetensors file does');
  }
  const bytes = await file.read({ offset: 8, length, what: 'its header' }, signal);
  const header: unknown = parse(new TextDecoder().decode(bytes), file.path);
  if (typeof header !== 'object' || header === null) throw unusable(file.path, 'its header lists no tensors');
  return Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => tensorOf(file, name, { entry, data: 8 + length }));
}

/** The format's own limit. */
const MOST_HEADER_BYTES = 100_000_000;

function tensorOf(file: BinaryFile, name: string, { entry, data }: { entry: unknown; data: number }): WeightTensor {
  if (!isEntry(entry)) throw unusable(file.path, `its header does not say where ${name} is`);
  const format = formats[entry.dtype];
  if (!format) {
    throw unusable(file.path, `${name} is stored as ${entry.dtype}; known are ${Object.keys(formats).join(', ')}`);
  }
  const [begin, end] = entry.data_offsets;
  const stored = { file, format, name: name.replace(/^model\./, ''), shape: entry.shape, offset: data + begin };
  if (end - begin !== bytesOfStored(stored)) {
    throw unusable(
      file.path,
      `${name} has ${end - begin} bytes, but [${entry.shape.join(', ')}] of ${format.name} needs ${bytesOfStored(stored)}`,
    );
  }
  return storedTensor(stored);
}

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: readonly [number, number];
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  if (!('dtype' in value) || !('shape' in value) || !('data_offsets' in value)) return false;
  const { dtype, shape, data_offsets: offsets } = value;
  return typeof dtype === 'string' && isSizes(shape) && isSizes(offsets) && offsets.length === 2;
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(path, 'what should be JSON in it is not', { cause });
  }
}
