// Weights in CTranslate2's model.bin, as faster-whisper keeps them.

import { join } from 'node:path';
import { openBinaryFile, unusable, type BinaryFile } from './binary-file.ts';
import { closing } from './closing.ts';
import { Cursor } from './cursor.ts';
import { namesInCtranslate2 } from './ctranslate2-names.ts';
import { bfloat16, float16, float32, int8, type ElementFormat } from './elements.ts';
import { storedTensor } from './stored.ts';
import { allRows, productOf, type Weights, type WeightTensor } from './weights.ts';

export const CTRANSLATE2_FILE = 'model.bin';

/** By CTranslate2's `DataType`. Numbers of 16 and 32 bits (2, 3) are only in settings. */
const formats: Record<number, ElementFormat> = { 0: float32, 1: int8, 4: float16, 5: bfloat16 };
const SETTING_TYPES = new Set([2, 3]);

const OLDEST_VERSION = 3;
const NEWEST_VERSION = 6;

/**
 * Reads what https://github.com/OpenNMT/CTranslate2/blob/master/python/ctranslate2/specs/model_spec.py writes. Matrices
 * that CTranslate2 joined (query, key, value) come apart, each under its own name.
 */
export function openCtranslate2(folder: string, signal: AbortSignal): Promise<Weights> {
  return closing(async (files) => {
    const file = await openBinaryFile(join(folder, CTRANSLATE2_FILE));
    files.push(file);
    const variables = await readVariables(file, signal);
    return { format: 'ctranslate2', path: folder, tensors: separate(file.path, variables) };
  });
}

async function readVariables(file: BinaryFile, signal: AbortSignal): Promise<Map<string, WeightTensor>> {
  const cursor = new Cursor(file, signal);
  const version = await cursor.uint32('its version');
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    throw unusable(
      file.path,
      `it is not a model of CTranslate2 in a known version: it begins with ${version}, known are ${OLDEST_VERSION} to ${NEWEST_VERSION}`,
    );
  }
  const kind = await readText(cursor, 'the name of its kind');
  if (kind !== 'WhisperSpec') throw unusable(file.path, `it is a CTranslate2 model of kind ${kind}, not of Whisper`);
  await cursor.uint32('its revision');
  const variables = new Map<string, WeightTensor>();
  const count = await cursor.uint32('the number of its variables');
  for (let index = 0; index < count; index++) {
    const tensor = await readVariable(file, cursor);
    if (!tensor) continue;
    if (variables.has(tensor.name)) throw unusable(file.path, `${tensor.name} is there twice`);
    variables.set(tensor.name, tensor);
  }
  const aliases = await cursor.uint32('the number of its aliases');
  for (let index = 0; index < aliases; index++) {
    const alias = await readText(cursor, 'an alias');
    const meant = variables.get(await readText(cursor, 'an alias'));
    if (meant) variables.set(alias, meant);
  }
  return variables;
}

/** Texts end with a zero, which their length counts. */
async function readText(cursor: Cursor, what: string): Promise<string> {
  const length = await cursor.uint16(what);
  return (await cursor.text(length, what)).replace(/\0$/, '');
}

async function readVariable(file: BinaryFile, cursor: Cursor): Promise<WeightTensor | undefined> {
  const name = await readText(cursor, 'the name of a variable');
  const rank = await cursor.uint8(name);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) shape.push(await cursor.uint32(name));
  const type = await cursor.uint8(name);
  const bytes = await cursor.uint32(name);
  const offset = cursor.offset;
  cursor.skip(bytes);
  const format = formats[type];
  if (shape.length === 0 || SETTING_TYPES.has(type)) {
    if (!name.endsWith('/weight')) return undefined;
  }
  if (!format) {
    throw unusable(
      file.path,
      `${name} is stored in CTranslate2's form ${type}; known are float32, float16, bfloat16 and int8`,
      {
        hint: 'Convert it with --quantization float16.',
      },
    );
  }
  if (bytes !== productOf(shape) * format.blockBytes) {
    throw unusable(
      file.path,
      `${name} has ${bytes} bytes, but [${shape.join(', ')}] of ${format.name} needs ${productOf(shape) * format.blockBytes}`,
    );
  }
  return storedTensor({ file, format, name, shape, offset });
}

function separate(path: string, variables: ReadonlyMap<string, WeightTensor>): Map<string, WeightTensor> {
  const tensors = new Map<string, WeightTensor>();
  for (const { name: stored, parts } of namesInCtranslate2(variables)) {
    const variable = scaled(variables.get(stored)!, variables.get(`${stored}_scale`));
    const rows = variable.shape[0]! / parts.length;
    if (!Number.isInteger(rows)) {
      throw unusable(path, `${stored} has ${variable.shape[0]} rows, which do not divide into ${parts.length}`);
    }
    parts.forEach((name, index) => {
      if (name !== undefined) tensors.set(name, partOf(variable, { name, rows, from: index * rows }));
    });
  }
  return tensors;
}

/** Rows of whole numbers become floats when they are divided by their scales. */
function scaled(tensor: WeightTensor, scales: WeightTensor | undefined): WeightTensor {
  if (!scales) return tensor;
  return {
    ...tensor,
    async read(rows, signal) {
      const { from, count } = rows ?? allRows(tensor);
      const values = await tensor.read({ from, count }, signal);
      const divisors = await scales.read({ from, count }, signal);
      const rowElements = values.length / count;
      for (let index = 0; index < values.length; index++) {
        values[index] = values[index]! / divisors[Math.floor(index / rowElements)]!;
      }
      return values;
    },
  };
}

function partOf(
  tensor: WeightTensor,
  { name, from, rows }: { name: string; from: number; rows: number },
): WeightTensor {
  const part: WeightTensor = {
    name,
    shape: [rows, ...tensor.shape.slice(1)],
    storedAs: tensor.storedAs,
    read(asked, signal) {
      const { from: first, count } = asked ?? allRows(part);
      return tensor.read({ from: from + first, count }, signal);
    },
  };
  return part;
}
