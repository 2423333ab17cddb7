// Writes random weights as a ggml file of whisper.cpp.

import type { Dims } from '../../src/description/description.ts';
import { Bytes } from './bytes.ts';
import { float32Bytes, halfBytes, packed, type BlockName } from './elements.ts';
import type { RandomModel } from './random-model.ts';

export type GgmlType = 'float16' | BlockName;

const types: Record<GgmlType | 'float32', number> = {
  float32: 0,
  float16: 1,
  q4_0: 2,
  q4_1: 3,
  q5_0: 6,
  q5_1: 7,
  q8_0: 8,
};

const replacements: readonly (readonly [string | RegExp, string])[] = [
  ['embed_positions.weight', 'positional_embedding'],
  ['embed_tokens', 'token_embedding'],
  [/^encoder\.layer_norm/, 'encoder.ln_post'],
  [/^decoder\.layer_norm/, 'decoder.ln'],
  ['.layers.', '.blocks.'],
  ['encoder_attn_layer_norm', 'cross_attn_ln'],
  ['self_attn_layer_norm', 'attn_ln'],
  ['final_layer_norm', 'mlp_ln'],
  ['encoder_attn', 'cross_attn'],
  ['self_attn', 'attn'],
  ['q_proj', 'query'],
  ['k_proj', 'key'],
  ['v_proj', 'value'],
  ['out_proj', 'out'],
  ['fc1', 'mlp.0'],
  ['fc2', 'mlp.2'],
];

/** OpenAI's name. */
const openAiName = (name: string): string =>
  replacements.reduce((renamed, [part, other]) => renamed.replace(part, other), name);

/** As whisper.cpp does, only matrices of layers and the embedding are quantised; `stored` gives what their values became. */
export function ggmlBytes(
  model: RandomModel,
  { dims, type, vocabulary }: { dims: Dims; type: GgmlType; vocabulary: readonly Uint8Array[] },
): { bytes: Uint8Array; stored: Map<string, Float32Array> } {
  const file = new Bytes().uint32(0x67676d6c);
  const { width, heads, encoderLayers, decoderLayers, audioContext, textContext } = dims;
  const numbers = [
    dims.vocabularySize,
    audioContext,
    width,
    heads,
    encoderLayers,
    textContext,
    width,
    heads,
    decoderLayers,
    dims.mels,
    types[type],
  ];
  for (const number of numbers) file.uint32(number);
  file
    .uint32(dims.mels)
    .uint32(201)
    .raw(new Uint8Array(dims.mels * 201 * 4));
  file.uint32(vocabulary.length);
  for (const token of vocabulary) file.uint32(token.length).raw(token);
  const stored = new Map<string, Float32Array>();
  for (const [name, { shape, values }] of model) {
    const isMatrix = shape.length === 2 && !name.includes('embed_positions');
    const kind = isMatrix ? type : shape.length === 3 ? 'float16' : 'float32';
    const data = packedAs(kind, values);
    stored.set(name, data.values);
    // Biases of convolutions are columns, with the fastest axis first.
    const sizes = /conv[12]\.bias$/.test(name) ? [1, ...shape] : shape.toReversed();
    const original = openAiName(name);
    file.uint32(sizes.length).uint32(original.length).uint32(types[kind]);
    for (const size of sizes) file.uint32(size);
    file.text(original).raw(data.bytes);
  }
  return { bytes: file.take(), stored };
}

function packedAs(kind: GgmlType | 'float32', values: Float32Array): { bytes: Uint8Array; values: Float32Array } {
  if (kind === 'float32') return { bytes: float32Bytes(values), values };
  if (kind === 'float16') return { bytes: halfBytes(values), values };
  return packed(kind, values);
}
