// Writes random weights as CTranslate2's model.bin.

import type { Dims } from '../../src/description/description.ts';
import { Bytes } from './bytes.ts';
import { bfloat16Bytes, float32Bytes, halfBytes } from './elements.ts';
import type { RandomModel } from './random-model.ts';

export type Ctranslate2Type = 'float32' | 'float16' | 'bfloat16' | 'int8';

const types = { float32: 0, int8: 1, int16: 2, float16: 4, bfloat16: 5 };

interface Variable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** `stored` gives what the values became by Hugging Face's names. */
export function ctranslate2Bytes(
  model: RandomModel,
  { dims, type, kind = 'WhisperSpec' }: { dims: Dims; type: Ctranslate2Type; kind?: string },
): { bytes: Uint8Array; stored: Map<string, Float32Array> } {
  const stored = new Map([...model].map(([name, { values }]) => [name, values]));
  const body = new Bytes();
  let count = 0;
  const put = (
    name: string,
    shape: readonly number[],
    { as, bytes }: { as: keyof typeof types; bytes: Uint8Array },
  ): void => {
    writeText(body, name);
    body.uint8(shape.length);
    for (const size of shape) body.uint32(size);
    body.uint8(types[as]).uint32(bytes.byteLength).raw(bytes);
    count++;
  };
  put('decoder/activation', [], { as: 'int8', bytes: Uint8Array.of(3) });
  put('decoder/alignment_layer', [], { as: 'int16', bytes: Uint8Array.of(255, 255) });
  for (const { name, shape, values } of variables(model, dims)) {
    const isMatrix = name.endsWith('weight');
    if (type === 'int8' && isMatrix) {
      const { bytes, scales } = quantised(values, shape[0]!);
      put(name, shape, { as: 'int8', bytes });
      put(`${name}_scale`, [shape[0]!], { as: 'float32', bytes: float32Bytes(scales) });
    } else if (type === 'float16') put(name, shape, { as: 'float16', bytes: halfBytes(values) });
    else if (type === 'bfloat16') put(name, shape, { as: 'bfloat16', bytes: bfloat16Bytes(values) });
    else put(name, shape, { as: 'float32', bytes: float32Bytes(values) });
  }
  const file = new Bytes().uint32(6);
  writeText(file, kind);
  file.uint32(3).uint32(count).raw(body.take()).uint32(1);
  writeText(file, 'decoder/projection/weight');
  writeText(file, 'decoder/embeddings/weight');
  return { bytes: file.take(), stored };
}

function writeText(bytes: Bytes, text: string): void {
  bytes
    .uint16(text.length + 1)
    .text(text)
    .uint8(0);
}

/** 127 ÷ the largest number of each row. */
function quantised(values: Float32Array, rows: number): { bytes: Uint8Array; scales: Float32Array } {
  const columns = values.length / rows;
  const scales = Float32Array.from(
    { length: rows },
    (_, row) => 127 / Math.max(...values.subarray(row * columns, (row + 1) * columns).map(Math.abs)),
  );
  const numbers = Int8Array.from(values, (value, place) => Math.round(value * scales[Math.floor(place / columns)]!));
  return { bytes: new Uint8Array(numbers.buffer), scales };
}

/** The variables that CTranslate2 keeps: query, key and value as one matrix, biases of keys as zeros. */
function variables(model: RandomModel, { width, encoderLayers, decoderLayers }: Dims): Variable[] {
  const found: Variable[] = [];
  const add = (name: string, ...parts: (string | undefined)[]): void => {
    const tensors = parts.map((part) =>
      part === undefined ? { shape: [width], values: new Float32Array(width) } : model.get(part)!,
    );
    const rows = tensors.reduce((sum, { shape }) => sum + shape[0]!, 0);
    const values = Float32Array.from(tensors.flatMap((tensor) => [...tensor.values]));
    found.push({ name, shape: [rows, ...tensors[0]!.shape.slice(1)], values });
  };
  const norm = (name: string, part: string): void => {
    add(`${name}/layer_norm/gamma`, `${part}.weight`);
    add(`${name}/layer_norm/beta`, `${part}.bias`);
  };
  const linear = (name: string, ...parts: string[]): void => {
    add(`${name}/weight`, ...parts.map((part) => `${part}.weight`));
    add(`${name}/bias`, ...parts.map((part) => (part.endsWith('k_proj') ? undefined : `${part}.bias`)));
  };
  for (const convolution of ['conv1', 'conv2']) {
    for (const part of ['weight', 'bias']) add(`encoder/${convolution}/${part}`, `encoder.${convolution}.${part}`);
  }
  for (const side of ['encoder', 'decoder']) {
    add(`${side}/position_encodings/encodings`, `${side}.embed_positions.weight`);
    norm(side, `${side}.layer_norm`);
    for (let layer = 0; layer < (side === 'encoder' ? encoderLayers : decoderLayers); layer++) {
      const [to, from] = [`${side}/layer_${layer}`, `${side}.layers.${layer}`];
      linear(
        `${to}/self_attention/linear_0`,
        ...['q_proj', 'k_proj', 'v_proj'].map((part) => `${from}.self_attn.${part}`),
      );
      linear(`${to}/self_attention/linear_1`, `${from}.self_attn.out_proj`);
      norm(`${to}/self_attention`, `${from}.self_attn_layer_norm`);
      linear(`${to}/ffn/linear_0`, `${from}.fc1`);
      linear(`${to}/ffn/linear_1`, `${from}.fc2`);
      norm(`${to}/ffn`, `${from}.final_layer_norm`);
      if (side === 'encoder') continue;
      linear(`${to}/attention/linear_0`, `${from}.encoder_attn.q_proj`);
      linear(`${to}/attention/linear_1`, `${from}.encoder_attn.k_proj`, `${from}.encoder_attn.v_proj`);
      linear(`${to}/attention/linear_2`, `${from}.encoder_attn.out_proj`);
      norm(`${to}/attention`, `${from}.encoder_attn_layer_norm`);
    }
  }
  add('decoder/embeddings/weight', 'decoder.embed_tokens.weight');
  return found;
}
