// How far the encoder in 8 bits is from the one in float, on the clip on which it was calibrated.

import { addEncoderLayer } from '../graphs/encoder.ts';
import type { Precision } from '../graphs/linear.ts';
import { relativeError, runOnce } from '../graphs/run.ts';
import type { BuildGraph } from '../graphs/write-graph.ts';
import { loadEncoderLayer } from '../weights/load.ts';
import { normedFrames, runFront, type Calibration, type CalibratedModel } from './calibrate.ts';
import { moveScales } from './scales.ts';

/** The error of what the decoder reads, as a share of its size. Layer by layer, as calibration is. */
export async function checkEncoder(
  model: CalibratedModel & { precision: Precision; calibration: Calibration },
  clip: Float32Array,
  signal: AbortSignal,
): Promise<number> {
  const { weights, dims, precision, calibration } = model;
  let frames = await runFront(model, clip, signal);
  for (let index = 0; index < dims.encoderLayers; index++) {
    const build: BuildGraph = async (writer) => {
      const input = writer.input('frames', 'float', [1, 'count', dims.width]);
      const plain = await loadEncoderLayer(weights, `encoder.layers.${index}`, signal);
      const layer = moveScales(plain, calibration.layers[index]!);
      const { output } = await addEncoderLayer(writer, input, { layer, precision, dims });
      writer.node('Identity', [output], { outputs: ['next'] });
      writer.output('next', 'float', [1, 'count', dims.width]);
    };
    frames = (await runOnce(build, { frames }, signal))['next']!;
  }
  return relativeError(await normedFrames(model, frames, signal), calibration.normed);
}
