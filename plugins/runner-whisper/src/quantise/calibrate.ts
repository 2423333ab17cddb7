// What 8 bits cost each matrix of the encoder, found on a clip: layer by layer, so that a large model needs little memory.

import type { Dims } from '../description/description.ts';
import { addEncoderLayer, addFront } from '../graphs/encoder.ts';
import type { GraphWriter } from '../graphs/graph-writer.ts';
import { addNorm, inFloat, type Linear } from '../graphs/linear.ts';
import { relativeError, runOnce, type Floats } from '../graphs/run.ts';
import type { BuildGraph } from '../graphs/write-graph.ts';
import { loadCross, loadEncoderLayer, loadNorm, type EncoderLayer } from '../weights/load.ts';
import type { Weights } from '../weights/weights.ts';
import { channelScales, moveScales, type ChannelScales, type LayerScales } from './scales.ts';

export interface MatrixError {
  /** The matrix. */
  readonly name: string;
  /** How far the layer's output is off when only this matrix is in 8 bits, as a share of its size. */
  readonly error: number;
}

export interface Calibration {
  readonly layers: readonly LayerScales[];
  readonly cross: ChannelScales;
  readonly errors: readonly MatrixError[];
  /** What the decoder reads, in float. */
  readonly normed: Floats;
}

export interface CalibratedModel {
  readonly weights: Weights;
  readonly dims: Dims;
  readonly signed: boolean;
}

/** Runs the encoder in float on `clip` (16 000 Hz, a multiple of 320 samples). */
export async function calibrate(model: CalibratedModel, clip: Float32Array, signal: AbortSignal): Promise<Calibration> {
  const { weights, dims } = model;
  let frames = await runFront(model, clip, signal);
  const layers: LayerScales[] = [];
  const errors: MatrixError[] = [];
  for (let index = 0; index < dims.encoderLayers; index++) {
    const layer = await loadEncoderLayer(weights, `encoder.layers.${index}`, signal);
    const { scales, next } = await findScales({ layer, dims, frames }, signal);
    errors.push(...(await findErrors({ ...model, layer: moveScales(layer, scales), frames, next }, signal)));
    layers.push(scales);
    frames = next;
  }
  const normed = await normedFrames(model, frames, signal);
  return { layers, cross: await findCrossScales(model, normed, signal), errors, normed };
}

/** What the first layer reads. */
export async function runFront(
  model: Pick<CalibratedModel, 'weights' | 'dims'>,
  clip: Float32Array,
  signal: AbortSignal,
): Promise<Floats> {
  const build: BuildGraph = async (writer) => expose(writer, await addFront(writer, model, signal), 'frames');
  const { frames } = await runOnce(build, { audio: { values: clip, dims: [1, clip.length] } }, signal);
  return frames!;
}

function expose(writer: GraphWriter, value: string, name: string): void {
  writer.node('Identity', [value], { outputs: [name] });
  writer.output(name, 'float', [1, 'count', 'width']);
}

interface Situation {
  readonly layer: EncoderLayer;
  readonly dims: Dims;
  readonly frames: Floats;
}

async function findScales(
  { layer, dims, frames }: Situation,
  signal: AbortSignal,
): Promise<{ scales: LayerScales; next: Floats }> {
  const build: BuildGraph = async (writer) => {
    const input = writer.input('frames', 'float', [1, 'count', dims.width]);
    const { output, taps } = await addEncoderLayer(writer, input, { layer, precision: inFloat, dims });
    expose(writer, output, 'next');
    for (const name of ['queryKeyValue', 'attentionOutput', 'first'] as const) expose(writer, taps[name], name);
  };
  const results = await runOnce(build, { frames }, signal);
  const scales = (tap: keyof LayerScales, linear: Linear): ChannelScales =>
    channelScales(loudest(results[tap]!), [linear]);
  return {
    scales: {
      queryKeyValue: scales('queryKeyValue', layer.queryKeyValue),
      attentionOutput: scales('attentionOutput', layer.attentionOutput),
      first: scales('first', layer.first),
    },
    next: results['next']!,
  };
}

function loudest({ values, dims }: Floats): Float32Array {
  const channels = new Float32Array(dims.at(-1) ?? 0);
  for (let index = 0; index < values.length; index++) {
    const channel = index % channels.length;
    channels[channel] = Math.max(channels[channel]!, Math.abs(values[index]!));
  }
  return channels;
}

/** The matrices of a layer in its order. */
export const matricesOf = ({ queryKeyValue, attentionOutput, first, second }: EncoderLayer): string[] =>
  [queryKeyValue, attentionOutput, first, second].map(({ name }) => name);

/** One graph with the layer once for each matrix, all with the same float matrices. */
async function findErrors(
  { layer, dims, frames, next, signed }: Situation & { next: Floats; signed: boolean },
  signal: AbortSignal,
): Promise<MatrixError[]> {
  const names = matricesOf(layer);
  const build: BuildGraph = async (writer) => {
    const input = writer.input('frames', 'float', [1, 'count', dims.width]);
    for (const name of names) {
      const precision = { isFloat: (other: string) => other !== name, signed };
      expose(writer, (await addEncoderLayer(writer, input, { layer, precision, dims })).output, name);
    }
  };
  const results = await runOnce(build, { frames }, signal);
  return names.map((name) => ({ name, error: relativeError(results[name]!, next) }));
}

/** What the decoder's layers look at: the last layer's frames, normed. */
export async function normedFrames(
  { weights, dims }: Pick<CalibratedModel, 'weights' | 'dims'>,
  frames: Floats,
  signal: AbortSignal,
): Promise<Floats> {
  const build: BuildGraph = async (writer) => {
    const input = writer.input('frames', 'float', [1, 'count', dims.width]);
    expose(writer, await addNorm(writer, input, await loadNorm(weights, 'encoder.layer_norm', signal)), 'normed');
  };
  return (await runOnce(build, { frames }, signal))['normed']!;
}

/** All decoder layers read the same value: their matrices count together, read one by one. */
async function findCrossScales(
  { weights, dims }: CalibratedModel,
  normed: Floats,
  signal: AbortSignal,
): Promise<ChannelScales> {
  const largest = new Float32Array(dims.width);
  for (let layer = 0; layer < dims.decoderLayers; layer++) {
    const { weight, inputs } = await loadCross(weights, layer, signal);
    for (let place = 0; place < weight.length; place++) {
      largest[place % inputs] = Math.max(largest[place % inputs]!, Math.abs(weight[place]!));
    }
  }
  const together: Linear = { name: 'cross', inputs: dims.width, outputs: 1, weight: largest };
  return channelScales(loudest(normed), [together]);
}
