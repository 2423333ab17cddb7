// Reads the tensors that belong together: a product's matrix with its bias, a layer's norms and products.

import type { Linear, Norm } from '../graphs/linear.ts';
import { unusable } from './binary-file.ts';
import type { Weights } from './weights.ts';

export interface EncoderLayer {
  readonly attentionNorm: Norm;
  /** Query, key and value, one after the other. */
  readonly queryKeyValue: Linear;
  readonly attentionOutput: Linear;
  readonly feedForwardNorm: Norm;
  readonly first: Linear;
  readonly second: Linear;
}

export interface DecoderLayer extends EncoderLayer {
  readonly crossNorm: Norm;
  readonly crossQuery: Linear;
  readonly crossOutput: Linear;
}

/** A whole tensor. Rejects with `ERR_MODEL_FORMAT` when there is none. */
export async function loadValues(weights: Weights, name: string, signal: AbortSignal): Promise<Float32Array> {
  const tensor = weights.tensors.get(name);
  if (!tensor) throw unusable(weights.path, `it lacks ${name}`);
  return tensor.read(undefined, signal);
}

/** A layer norm by its name without `.weight`. */
export async function loadNorm(weights: Weights, name: string, signal: AbortSignal): Promise<Norm> {
  return {
    gamma: await loadValues(weights, `${name}.weight`, signal),
    beta: await loadValues(weights, `${name}.bias`, signal),
  };
}

/** Several matrices with the same input become one, one below the other. Without a bias, zeros stand for it. */
export async function loadLinear(
  weights: Weights,
  { name, parts = [name] }: { name: string; parts?: readonly string[] },
  signal: AbortSignal,
): Promise<Linear> {
  const shapes = parts.map((part) => weights.tensors.get(`${part}.weight`)?.shape ?? []);
  const outputs = shapes.reduce((sum, [rows = 0]) => sum + rows, 0);
  const inputs = shapes[0]?.[1] ?? 0;
  const [weight, bias] = [new Float32Array(outputs * inputs), new Float32Array(outputs)];
  let row = 0;
  for (const [index, part] of parts.entries()) {
    weight.set(await loadValues(weights, `${part}.weight`, signal), row * inputs);
    if (weights.tensors.has(`${part}.bias`)) bias.set(await loadValues(weights, `${part}.bias`, signal), row);
    row += shapes[index]?.[0] ?? 0;
  }
  return { name, inputs, outputs, weight, bias };
}

/** `place` is such as `encoder.layers.0`. */
export async function loadEncoderLayer(weights: Weights, place: string, signal: AbortSignal): Promise<EncoderLayer> {
  const attention = `${place}.self_attn`;
  const linear = (name: string): Promise<Linear> => loadLinear(weights, { name }, signal);
  const parts = ['q_proj', 'k_proj', 'v_proj'].map((part) => `${attention}.${part}`);
  return {
    attentionNorm: await loadNorm(weights, `${attention}_layer_norm`, signal),
    queryKeyValue: await loadLinear(weights, { name: `${attention}.qkv_proj`, parts }, signal),
    attentionOutput: await linear(`${attention}.out_proj`),
    feedForwardNorm: await loadNorm(weights, `${place}.final_layer_norm`, signal),
    first: await linear(`${place}.fc1`),
    second: await linear(`${place}.fc2`),
  };
}

/** `place` is such as `decoder.layers.0`. */
export async function loadDecoderLayer(weights: Weights, place: string, signal: AbortSignal): Promise<DecoderLayer> {
  const cross = `${place}.encoder_attn`;
  return {
    ...(await loadEncoderLayer(weights, place, signal)),
    crossNorm: await loadNorm(weights, `${cross}_layer_norm`, signal),
    crossQuery: await loadLinear(weights, { name: `${cross}.q_proj` }, signal),
    crossOutput: await loadLinear(weights, { name: `${cross}.out_proj` }, signal),
  };
}

/** Keys and values of a decoder layer's attention to the audio: computed by the encoder, once a clip. */
export function loadCross(weights: Weights, layer: number, signal: AbortSignal): Promise<Linear> {
  const cross = `decoder.layers.${layer}.encoder_attn`;
  return loadLinear(weights, { name: `${cross}.kv_proj`, parts: [`${cross}.k_proj`, `${cross}.v_proj`] }, signal);
}
