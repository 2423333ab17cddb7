// Weights in the ggml files of whisper.cpp: one file with dimensions, mel filters, vocabulary and tensors.

import { openBinaryFile, unusable, type BinaryFile } from './binary-file.ts';
import { closing } from './closing.ts';
import { Cursor } from './cursor.ts';
import { float16, float32, q4_0, q4_1, q5_0, q5_1, q8_0, type ElementFormat } from './elements.ts';
import { ggmlName } from './ggml-names.ts';
import { bytesOfStored, storedTensor } from './stored.ts';
import type { Weights, WeightTensor } from './weights.ts';

/** “ggml” as a little-endian number. */
export const GGML_MAGIC = 0x67676d6c;

/** By `ggml_type`. */
const formats: Record<number, ElementFormat> = {
  0: float32,
  1: float16,
  2: q4_0,
  3: q4_1,
  6: q5_0,
  7: q5_1,
  8: q8_0,
};

const HYPERPARAMETERS = 11;
const MOST_DIMENSIONS = 4;
const MOST_NAME_BYTES = 256;

/** https://github.com/ggml-org/whisper.cpp/blob/master/models/convert-pt-to-ggml.py writes the format. */
export function openGgml(path: string, signal: AbortSignal): Promise<Weights> {
  return closing(async (files) => {
    const file = await openBinaryFile(path);
    files.push(file);
    const cursor = new Cursor(file, signal);
    if ((await cursor.uint32('its magic number')) !== GGML_MAGIC) throw unusable(path, 'it is no ggml file');
    for (let index = 0; index < HYPERPARAMETERS; index++) await cursor.uint32('its dimensions');
    const filters = (await cursor.uint32('its mel filters')) * (await cursor.uint32('its mel filters'));
    cursor.skip(filters * 4);
    const vocabulary = await readVocabulary(cursor);
    const tensors = new Map<string, WeightTensor>();
    while (!cursor.atEnd) {
      const tensor = await readTensor(file, cursor);
      if (tensors.has(tensor.name)) throw unusable(path, `${tensor.name} is there twice`);
      tensors.set(tensor.name, tensor);
    }
    return { format: 'ggml', path, tensors, vocabulary };
  });
}

async function readVocabulary(cursor: Cursor): Promise<Uint8Array[]> {
  const tokens: Uint8Array[] = [];
  const count = await cursor.uint32('its vocabulary');
  for (let index = 0; index < count; index++) {
    tokens.push(await cursor.bytes(await cursor.uint32('its vocabulary'), 'its vocabulary'));
  }
  return tokens;
}

async function readTensor(file: BinaryFile, cursor: Cursor): Promise<WeightTensor> {
  const what = 'the header of a tensor';
  const [dimensions, nameLength, type] = [
    await cursor.uint32(what),
    await cursor.uint32(what),
    await cursor.uint32(what),
  ];
  const isHeader = dimensions > 0 && dimensions <= MOST_DIMENSIONS && nameLength > 0 && nameLength <= MOST_NAME_BYTES;
  if (!isHeader) {
    const finding = `at byte ${cursor.offset - 12} of ${file.sizeBytes} the header of a tensor was expected, and something else is there`;
    throw unusable(file.path, finding, { hint: 'The file is damaged: copy or download it again.' });
  }
  const sizes: number[] = [];
  for (let index = 0; index < dimensions; index++) sizes.push(await cursor.uint32(what));
  const original = await cursor.text(nameLength, what);
  const format = formats[type];
  if (!format) {
    const known = Object.values(formats).map(({ name }) => name);
    throw unusable(file.path, `${original} is stored in ggml's form ${type}; known are ${known.join(', ')}`);
  }
  // The fastest axis is first here. Biases of convolutions are stored as columns.
  const shape = sizes.toReversed();
  const plain = shape.length === 2 && shape[1] === 1 ? shape.slice(0, 1) : shape;
  const stored = { file, format, name: ggmlName(original), shape: plain, offset: cursor.offset };
  const tensor = storedTensor(stored);
  cursor.skip(bytesOfStored(stored));
  return tensor;
}
