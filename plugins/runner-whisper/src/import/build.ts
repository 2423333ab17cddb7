// Writes the two graphs of a model, matrix by matrix.

import type { Dims, Head } from '../description/description.ts';
import { addDecoder } from '../graphs/decoder.ts';
import { addEncoderLayer, addEnd, addFront } from '../graphs/encoder.ts';
import type { GraphWriter } from '../graphs/graph-writer.ts';
import type { Precision } from '../graphs/linear.ts';
import { writeGraph } from '../graphs/write-graph.ts';
import type { Calibration } from '../quantise/calibrate.ts';
import { moveScales, scaleInputs, scaleNorm } from '../quantise/scales.ts';
import { loadCross, loadDecoderLayer, loadEncoderLayer, loadNorm, type EncoderLayer } from '../weights/load.ts';
import type { Weights } from '../weights/weights.ts';

export interface BuildOptions {
  readonly weights: Weights;
  readonly dims: Dims;
  readonly alignmentHeads: readonly Head[];
  readonly precision: Precision;
  /** Scales to move. Absent: weights stay as they are. */
  readonly scales?: Pick<Calibration, 'layers' | 'cross'>;
}

/** Writes encoder.onnx, encoder.data, decoder.onnx and decoder.data into `folder`. */
export async function buildGraphs(options: BuildOptions, folder: string, signal: AbortSignal): Promise<void> {
  await writeGraph(folder, 'encoder', (writer) => buildEncoder(writer, options, signal));
  await writeGraph(folder, 'decoder', (writer) => buildDecoder(writer, options, signal));
}

async function buildEncoder(writer: GraphWriter, options: BuildOptions, signal: AbortSignal): Promise<void> {
  const { weights, dims, precision, scales } = options;
  let frames = await addFront(writer, options, signal);
  for (let index = 0; index < dims.encoderLayers; index++) {
    const layer = await scaledLayer(options, index, signal);
    frames = (await addEncoderLayer(writer, frames, { layer, precision, dims })).output;
  }
  const norm = await loadNorm(weights, 'encoder.layer_norm', signal);
  const cross = async (layer: number): ReturnType<typeof loadCross> => {
    const linear = await loadCross(weights, layer, signal);
    return scales ? scaleInputs(linear, scales.cross) : linear;
  };
  const end = { norm: scales ? scaleNorm(norm, scales.cross) : norm, cross };
  await addEnd(writer, frames, { end, precision, dims });
}

/** An encoder's layer as it is written. */
export async function scaledLayer(
  { weights, scales }: Pick<BuildOptions, 'weights' | 'scales'>,
  index: number,
  signal: AbortSignal,
): Promise<EncoderLayer> {
  const layer = await loadEncoderLayer(weights, `encoder.layers.${index}`, signal);
  const own = scales?.layers[index];
  return own ? moveScales(layer, own) : layer;
}

async function buildDecoder(writer: GraphWriter, options: BuildOptions, signal: AbortSignal): Promise<void> {
  const { weights } = options;
  const norm = await loadNorm(weights, 'decoder.layer_norm', signal);
  const layer = (index: number): ReturnType<typeof loadDecoderLayer> =>
    loadDecoderLayer(weights, `decoder.layers.${index}`, signal);
  await addDecoder(writer, { ...options, norm, layer }, signal);
}
