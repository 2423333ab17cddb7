// Writes random weights as a Hugging Face folder.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Bytes } from './bytes.ts';
import { bfloat16Bytes, float32Bytes, halfBytes } from './elements.ts';
import type { RandomModel } from './random-model.ts';

const writers = { F32: float32Bytes, F16: halfBytes, BF16: bfloat16Bytes };

export type SafetensorsType = keyof typeof writers;

export function safetensorsBytes(model: RandomModel, type: SafetensorsType): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const data = new Bytes();
  let end = 0;
  for (const [name, { shape, values }] of model) {
    const bytes = writers[type](values);
    header[`model.${name}`] = { dtype: type, shape, data_offsets: [end, end + bytes.byteLength] };
    data.raw(bytes);
    end += bytes.byteLength;
  }
  const text = JSON.stringify(header);
  return new Bytes().uint64(Buffer.byteLength(text)).text(text).raw(data.take()).take();
}

export async function writeSafetensors(folder: string, model: RandomModel, type: SafetensorsType): Promise<void> {
  await writeFile(join(folder, 'model.safetensors'), safetensorsBytes(model, type));
}

/** In two files with an index. */
export async function writeShards(folder: string, model: RandomModel, type: SafetensorsType): Promise<void> {
  const tensors = [...model];
  const half = tensors.length >> 1;
  const map: Record<string, string> = {};
  for (const [index, part] of [tensors.slice(0, half), tensors.slice(half)].entries()) {
    const name = `model-0000${index + 1}-of-00002.safetensors`;
    await writeFile(join(folder, name), safetensorsBytes(new Map(part), type));
    for (const [tensor] of part) map[`model.${tensor}`] = name;
  }
  await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ metadata: {}, weight_map: map }));
}
