// Random weights in the shape of a Whisper that cannot be had: what they say is nonsense, what they cost is not.

import { copyFile, open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { expectedShapes, type Dims } from '@voiceinput/runner-whisper/measure';
import { randomFrom } from '../statistics/random.ts';

const MULTILINGUAL = { audioContext: 1500, textContext: 448 };

export const shapes = {
  small: {
    ...MULTILINGUAL,
    mels: 80,
    width: 768,
    heads: 12,
    encoderLayers: 12,
    decoderLayers: 12,
    feedForward: 3072,
    vocabularySize: 51_865,
  },
  medium: {
    ...MULTILINGUAL,
    mels: 80,
    width: 1024,
    heads: 16,
    encoderLayers: 24,
    decoderLayers: 24,
    feedForward: 4096,
    vocabularySize: 51_865,
  },
  'large-v3-turbo': {
    ...MULTILINGUAL,
    mels: 128,
    width: 1280,
    heads: 20,
    encoderLayers: 32,
    decoderLayers: 4,
    feedForward: 5120,
    vocabularySize: 51_866,
  },
} as const satisfies Record<string, Dims>;

export type Shape = keyof typeof shapes;

const SEED = 1;

/** Writes a Hugging Face folder in float16, with the tokeniser of `base`, the folder of another Whisper. */
export async function writeRandomWeights(dims: Dims, base: string, folder: string): Promise<void> {
  const tensors = [...expectedShapes(dims)];
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, sizes] of tensors) {
    const begin = end;
    end += 2 * sizes.reduce((product, size) => product * size, 1);
    header[`model.${name}`] = { dtype: 'F16', shape: sizes, data_offsets: [begin, end] };
  }
  const file = await open(join(folder, 'model.safetensors'), 'wx');
  try {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    await file.write(Buffer.concat([length, text]));
    const noise = randomHalves(1 << 20);
    for (const [name, sizes] of tensors) await writeTensor(file, { name, sizes, noise });
  } finally {
    await file.close();
  }
  await copyFile(join(base, 'tokenizer.json'), join(folder, 'tokenizer.json'));
  await writeFile(join(folder, 'config.json'), '{"model_type": "whisper"}\n');
}

interface TensorToWrite {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly noise: Uint16Array;
}

async function writeTensor(file: FileHandle, { name, sizes, noise }: TensorToWrite): Promise<void> {
  const isNorm = name.includes('layer_norm');
  const values = isNorm ? new Uint16Array(sizes[0] ?? 0).fill(name.endsWith('weight') ? ONE : 0) : noise;
  let left = sizes.reduce((product, size) => product * size, 1);
  while (left > 0) {
    const count = Math.min(left, values.length);
    await file.write(new Uint8Array(values.buffer, 0, 2 * count));
    left -= count;
  }
}

/** 1 as a half. */
const ONE = 0x3c00;

/** Between 1/64 and 1/32, of either sign: layers of them neither die out nor grow without bounds. */
function randomHalves(count: number): Uint16Array {
  const random = randomFrom(SEED);
  return Uint16Array.from({ length: count }, () => {
    const bits = Math.floor(random() * 0x800);
    return ((bits & 0x400) << 5) | (9 << 10) | (bits & 0x3ff);
  });
}
