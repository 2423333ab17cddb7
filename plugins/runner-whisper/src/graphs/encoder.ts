// The encoder's graph: samples to log-mel frames, through the layers, to what the decoder looks at.

import type { Dims } from '../description/description.ts';
import { HEAD_SIZE } from '../weights/expected.ts';
import { loadValues, type EncoderLayer } from '../weights/load.ts';
import type { Weights } from '../weights/weights.ts';
import { MICROSOFT, type GraphWriter } from './graph-writer.ts';
import { addLinear, addNorm, type Linear, type Norm, type Precision } from './linear.ts';
import { fourierBasis, FREQUENCIES, HOP_SAMPLES, melFilters, WINDOW_SAMPLES } from './mel.ts';

/** Adds the input `audio` `[1, samples]` and gives the name of the frames before the first layer. */
export async function addFront(
  writer: GraphWriter,
  { weights, dims }: { weights: Weights; dims: Dims },
  signal: AbortSignal,
): Promise<string> {
  const mel = await addMel(writer, writer.input('audio', 'float', [1, 'samples']), dims.mels);
  const first = await addConvolution(writer, mel, { weights, name: 'encoder.conv1', stride: 1 }, signal);
  const second = await addConvolution(writer, first, { weights, name: 'encoder.conv2', stride: 2 }, signal);
  const frames = writer.node('Transpose', [second], { attributes: { perm: [0, 2, 1] } });
  const shape = writer.node('Shape', [frames]);
  const count = writer.node('Slice', [shape, writer.int64([1]), writer.int64([2])]);
  const places = await loadValues(weights, 'encoder.embed_positions.weight', signal);
  const all = await writer.floats(places, [dims.audioContext, dims.width]);
  const zero = writer.int64([0]);
  return writer.node('Add', [frames, writer.node('Slice', [all, zero, count, zero])]);
}

/** Log-mel frames as OpenAI computes them: https://github.com/openai/whisper/blob/main/whisper/audio.py */
async function addMel(writer: GraphWriter, audio: string, bands: number): Promise<string> {
  const half = WINDOW_SAMPLES / 2;
  const channel = writer.node('Unsqueeze', [audio, writer.int64([1])]);
  const padded = writer.node('Pad', [channel, writer.int64([0, 0, half, 0, 0, half])], {
    attributes: { mode: 'reflect' },
  });
  const basis = await writer.floats(fourierBasis(), [2 * FREQUENCIES, 1, WINDOW_SAMPLES]);
  const waves = writer.node('Conv', [padded, basis], {
    attributes: { strides: [HOP_SAMPLES], kernel_shape: [WINDOW_SAMPLES] },
  });
  const squares = writer.node('Mul', [waves, waves]);
  const parts = writer.int64([FREQUENCIES, FREQUENCIES]);
  const [real = '', imaginary = ''] = writer.nodes('Split', [squares, parts], { attributes: { axis: 1 } }, 2);
  const power = writer.node('Add', [real, imaginary]);
  const withoutLast = writer.node('Slice', [power, writer.int64([0]), writer.int64([-1]), writer.int64([2])]);
  const energy = writer.node('MatMul', [await writer.floats(melFilters(bands), [bands, FREQUENCIES]), withoutLast]);
  const logarithm = writer.node('Log', [writer.node('Max', [energy, writer.float(1e-10)])]);
  const decades = writer.node('Mul', [logarithm, writer.float(Math.LOG10E)]);
  const loudest = writer.node('ReduceMax', [decades], { attributes: { keepdims: 1 } });
  const floored = writer.node('Max', [decades, writer.node('Sub', [loudest, writer.float(8)])]);
  return writer.node('Mul', [writer.node('Add', [floored, writer.float(4)]), writer.float(0.25)]);
}

async function addConvolution(
  writer: GraphWriter,
  input: string,
  { weights, name, stride }: { weights: Weights; name: string; stride: number },
  signal: AbortSignal,
): Promise<string> {
  const shape = weights.tensors.get(`${name}.weight`)?.shape ?? [];
  const kernel = await writer.floats(await loadValues(weights, `${name}.weight`, signal), shape);
  const bias = await writer.floats(await loadValues(weights, `${name}.bias`, signal), shape.slice(0, 1));
  const attributes = { pads: [1, 1], strides: [stride], kernel_shape: [3] };
  return gelu(writer, writer.node('Conv', [input, kernel, bias], { attributes }));
}

const gelu = (writer: GraphWriter, input: string): string => writer.node('Gelu', [input], { domain: MICROSOFT });

/** Names of the values that go into a layer's products. */
export interface Taps {
  readonly queryKeyValue: string;
  readonly attentionOutput: string;
  readonly first: string;
  readonly second: string;
}

/** Adds a layer over frames `[1, count, width]`. */
export async function addEncoderLayer(
  writer: GraphWriter,
  input: string,
  { layer, precision, dims }: { layer: EncoderLayer; precision: Precision; dims: Dims },
): Promise<{ output: string; taps: Taps }> {
  const multiply = (value: string, linear: Linear): Promise<string> => addLinear(writer, value, { linear, precision });
  const normed = await addNorm(writer, input, layer.attentionNorm);
  const thirds = writer.int64([dims.width, dims.width, dims.width]);
  const joined = await multiply(normed, layer.queryKeyValue);
  const parts = writer.nodes('Split', [joined, thirds], { attributes: { axis: -1 } }, 3);
  const attended = writer.node('MultiHeadAttention', parts, {
    domain: MICROSOFT,
    attributes: { num_heads: dims.heads },
  });
  const middle = writer.node('Add', [input, await multiply(attended, layer.attentionOutput)]);
  const { output, taps } = await addFeedForward(writer, middle, { layer, precision });
  return { output, taps: { queryKeyValue: normed, attentionOutput: attended, ...taps } };
}

/** Adds the second half of a layer, which encoder and decoder have alike. */
export async function addFeedForward(
  writer: GraphWriter,
  input: string,
  { layer, precision }: { layer: EncoderLayer; precision: Precision },
): Promise<{ output: string; taps: Pick<Taps, 'first' | 'second'> }> {
  const first = await addNorm(writer, input, layer.feedForwardNorm);
  const second = gelu(writer, await addLinear(writer, first, { linear: layer.first, precision }));
  const product = await addLinear(writer, second, { linear: layer.second, precision });
  return { output: writer.node('Add', [input, product]), taps: { first, second } };
}

export interface EncoderEnd {
  readonly norm: Norm;
  /** Keys and values of each decoder layer, read when they are written. */
  readonly cross: (layer: number) => Promise<Linear>;
}

/** Adds the outputs for every decoder layer. */
export async function addEnd(
  writer: GraphWriter,
  input: string,
  { end, precision, dims }: { end: EncoderEnd; precision: Precision; dims: Dims },
): Promise<void> {
  const normed = await addNorm(writer, input, end.norm);
  for (let index = 0; index < dims.decoderLayers; index++) {
    await addCross(writer, normed, { linear: await end.cross(index), index, precision, dims });
  }
}

/**
 * Adds the outputs of a decoder layer: `cross_key_i` `[1, heads, 64, frames]`, divided by √64 and turned, so that every
 * token multiplies with them as they lie, and `cross_value_i` `[1, heads, frames, 64]`.
 */
export async function addCross(
  writer: GraphWriter,
  normed: string,
  { linear, index, precision, dims }: { linear: Linear; index: number; precision: Precision; dims: Dims },
): Promise<void> {
  const joined = await addLinear(writer, normed, { linear: divideKeys(linear), precision });
  const halves = writer.int64([dims.width, dims.width]);
  const [keys = '', values = ''] = writer.nodes('Split', [joined, halves], { attributes: { axis: -1 } }, 2);
  const outputs = [`cross_key_${index}`, `cross_value_${index}`] as const;
  // A whole matrix is turned faster than each head's part of it.
  const turned = writer.node('Transpose', [keys], { attributes: { perm: [0, 2, 1] } });
  writer.node('Reshape', [turned, writer.int64([1, dims.heads, HEAD_SIZE, -1])], { outputs: [outputs[0]] });
  const split = writer.node('Reshape', [values, writer.int64([0, 0, dims.heads, HEAD_SIZE])]);
  writer.node('Transpose', [split], { outputs: [outputs[1]], attributes: { perm: [0, 2, 1, 3] } });
  writer.output(outputs[0], 'float', [1, dims.heads, HEAD_SIZE, 'frames']);
  writer.output(outputs[1], 'float', [1, dims.heads, 'frames', HEAD_SIZE]);
}

/** By a power of two, which rounds nothing. */
function divideKeys(linear: Linear): Linear {
  const keys = linear.outputs / 2;
  const factor = HEAD_SIZE ** -0.5;
  const divided = (values: Float32Array, count: number): Float32Array => {
    const result = values.slice();
    for (let place = 0; place < count; place++) result[place]! *= factor;
    return result;
  };
  return {
    ...linear,
    weight: divided(linear.weight, keys * linear.inputs),
    ...(linear.bias && { bias: divided(linear.bias, keys) }),
  };
}
