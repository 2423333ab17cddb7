// Which tensors a Whisper has, by its dimensions, and what is said when they are others.

import type { Dims } from '../description/description.ts';
import { unusable } from './binary-file.ts';
import type { Weights } from './weights.ts';

/** The size of one attention head, in every Whisper. */
export const HEAD_SIZE = 64;

/** Reads the dimensions off the tensors. Throws `ERR_MODEL_FORMAT` when they are not those of a Whisper. */
export function dimsOf({ tensors, path }: Pick<Weights, 'tensors' | 'path'>): Dims {
  const sizes = (name: string, axes: number): readonly number[] => {
    const shape = tensors.get(name)?.shape;
    if (!shape)
      throw unusable(path, `it has no ${name}, which every Whisper has; it holds ${listed([...tensors.keys()])}`);
    if (shape.length !== axes) throw unusable(path, `${name} has ${shape.length} axes instead of ${axes}`);
    return shape;
  };
  const [width = 0, mels = 0] = sizes('encoder.conv1.weight', 3);
  const [vocabularySize = 0] = sizes('decoder.embed_tokens.weight', 2);
  const [audioContext = 0] = sizes('encoder.embed_positions.weight', 2);
  const [textContext = 0] = sizes('decoder.embed_positions.weight', 2);
  if (width === 0 || width % HEAD_SIZE !== 0) {
    throw unusable(path, `its layers are ${width} wide, which is no multiple of ${HEAD_SIZE}`);
  }
  return {
    mels,
    width,
    heads: width / HEAD_SIZE,
    encoderLayers: layersOf('encoder', tensors),
    decoderLayers: layersOf('decoder', tensors),
    feedForward: feedForwardOf(tensors) ?? 4 * width,
    vocabularySize,
    audioContext,
    textContext,
  };
}

/** As most layers have it: one that differs is then the one that is named. */
function feedForwardOf(tensors: Weights['tensors']): number | undefined {
  const sizes = [...tensors].flatMap(([name, { shape }]) => (name.endsWith('.fc1.weight') ? shape.slice(0, 1) : []));
  const count = (size: number): number => sizes.filter((other) => other === size).length;
  return sizes.toSorted((a, b) => count(b) - count(a))[0];
}

function layersOf(side: string, tensors: Weights['tensors']): number {
  const pattern = new RegExp(`^${side}\\.layers\\.(\\d+)\\.`);
  return 1 + Math.max(-1, ...[...tensors.keys()].map((name) => Number(pattern.exec(name)?.[1] ?? -1)));
}

/** Throws `ERR_MODEL_FORMAT` that names the tensors which are missing or of another shape. Others may be there. */
export function checkTensors({ tensors, path }: Pick<Weights, 'tensors' | 'path'>, dims: Dims): void {
  const expected = expectedShapes(dims);
  const missing = [...expected.keys()].filter((name) => !tensors.has(name));
  if (missing.length > 0) throw unusable(path, `it lacks ${listed(missing)}`);
  const other = [...expected].flatMap(([name, shape]) => {
    const found = tensors.get(name)!.shape;
    const same = found.length === shape.length && found.every((size, axis) => size === shape[axis]);
    return same ? [] : [`${name} is [${found.join(', ')}] instead of [${shape.join(', ')}]`];
  });
  if (other.length > 0) throw unusable(path, listed(other));
}

const MOST_LISTED = 4;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_LISTED;
  const shown = names.slice(0, MOST_LISTED).join(', ') || 'nothing';
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** All tensors that are read, by name. */
export function expectedShapes(dims: Dims): Map<string, number[]> {
  const { width, mels, feedForward, vocabularySize, audioContext, textContext } = dims;
  const shapes = new Map<string, number[]>([
    ['encoder.conv1.weight', [width, mels, 3]],
    ['encoder.conv1.bias', [width]],
    ['encoder.conv2.weight', [width, width, 3]],
    ['encoder.conv2.bias', [width]],
    ['encoder.embed_positions.weight', [audioContext, width]],
    ['decoder.embed_tokens.weight', [vocabularySize, width]],
    ['decoder.embed_positions.weight', [textContext, width]],
  ]);
  const norm = (name: string): void => {
    shapes.set(`${name}.weight`, [width]).set(`${name}.bias`, [width]);
  };
  const linear = (name: string, [rows, columns]: [number, number]): void => {
    shapes.set(`${name}.weight`, [rows, columns]).set(`${name}.bias`, [rows]);
  };
  const attention = (name: string): void => {
    for (const part of ['q_proj', 'v_proj', 'out_proj']) linear(`${name}.${part}`, [width, width]);
    shapes.set(`${name}.k_proj.weight`, [width, width]);
    norm(`${name}_layer_norm`);
  };
  for (const [side, layers] of [
    ['encoder', dims.encoderLayers],
    ['decoder', dims.decoderLayers],
  ] as const) {
    norm(`${side}.layer_norm`);
    for (let layer = 0; layer < layers; layer++) {
      const place = `${side}.layers.${layer}`;
      attention(`${place}.self_attn`);
      if (side === 'decoder') attention(`${place}.encoder_attn`);
      linear(`${place}.fc1`, [feedForward, width]);
      linear(`${place}.fc2`, [width, feedForward]);
      norm(`${place}.final_layer_norm`);
    }
  }
  return shapes;
}
