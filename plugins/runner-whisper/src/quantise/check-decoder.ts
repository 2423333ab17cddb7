// How far the decoder in 8 bits is from the one in float: on tokens that stand for a text, at the clip of the calibration.

import type { Dims } from '../description/description.ts';
import { addDecoderLayer } from '../graphs/decoder.ts';
import { addCross } from '../graphs/encoder.ts';
import { addNorm, inFloat, type Precision } from '../graphs/linear.ts';
import { relativeError, runOnce, type Floats } from '../graphs/run.ts';
import type { BuildGraph } from '../graphs/write-graph.ts';
import { HEAD_SIZE } from '../weights/expected.ts';
import { loadCross, loadDecoderLayer, loadNorm, type DecoderLayer } from '../weights/load.ts';
import type { Weights } from '../weights/weights.ts';

interface CheckedDecoder {
  readonly weights: Weights;
  readonly dims: Dims;
  readonly precision: Precision;
  /** What the decoder's layers look at, in float. */
  readonly normed: Floats;
}

/** The matrices of a decoder's layers, without those that the encoder's graph has. */
export const decoderMatrices = ({ decoderLayers }: Pick<Dims, 'decoderLayers'>): string[] =>
  Array.from({ length: decoderLayers }, (_, index) =>
    ['self_attn.qkv_proj', 'self_attn.out_proj', 'encoder_attn.q_proj', 'encoder_attn.out_proj', 'fc1', 'fc2'].map(
      (matrix) => `decoder.layers.${index}.${matrix}`,
    ),
  ).flat();

/** The error of what the logits are made of, as a share of its size. Layer by layer, as the encoder's check is. */
export async function checkDecoder(decoder: CheckedDecoder, signal: AbortSignal): Promise<number> {
  const { weights, dims, precision } = decoder;
  let exact = await embedded(decoder, signal);
  let rounded = exact;
  for (let index = 0; index < dims.decoderLayers; index++) {
    const looked = await crossOf(decoder, index, signal);
    const layer = await loadDecoderLayer(weights, `decoder.layers.${index}`, signal);
    const run = (value: Floats, how: Precision): Promise<Floats> =>
      runLayer({ layer, index, dims, precision: how }, { value, ...looked }, signal);
    exact = await run(exact, inFloat);
    rounded = await run(rounded, precision);
  }
  const norm = async (value: Floats): Promise<Floats> => {
    const build: BuildGraph = async (writer) => {
      const input = writer.input('value', 'float', [1, 'count', dims.width]);
      const normed = await addNorm(writer, input, await loadNorm(weights, 'decoder.layer_norm', signal));
      writer.node('Identity', [normed], { outputs: ['next'] });
      writer.output('next', 'float', [1, 'count', dims.width]);
    };
    return (await runOnce(build, { value }, signal))['next']!;
  };
  return relativeError(await norm(rounded), await norm(exact));
}

const TOKENS = 16;

/** From all over the vocabulary. */
async function embedded({ weights, dims }: CheckedDecoder, signal: AbortSignal): Promise<Floats> {
  const values = new Float32Array(TOKENS * dims.width);
  const places = await weights.tensors.get('decoder.embed_positions.weight')!.read({ from: 0, count: TOKENS }, signal);
  for (let token = 0; token < TOKENS; token++) {
    const from = Math.floor((token * dims.vocabularySize) / TOKENS);
    const row = await weights.tensors.get('decoder.embed_tokens.weight')!.read({ from, count: 1 }, signal);
    values.set(row, token * dims.width);
  }
  return { values: values.map((value, index) => value + places[index]!), dims: [1, TOKENS, dims.width] };
}

type Looked = Readonly<Record<string, Floats>>;

/** Keys and values of the clip, in float as the exact ones. */
function crossOf({ weights, dims, normed }: CheckedDecoder, index: number, signal: AbortSignal): Promise<Looked> {
  const build: BuildGraph = async (writer) => {
    const input = writer.input('normed', 'float', [1, 'count', dims.width]);
    await addCross(writer, input, { linear: await loadCross(weights, index, signal), index, precision: inFloat, dims });
  };
  return runOnce(build, { normed }, signal);
}

async function runLayer(
  parts: { layer: DecoderLayer; index: number; dims: Dims; precision: Precision },
  inputs: Looked,
  signal: AbortSignal,
): Promise<Floats> {
  const { index, dims } = parts;
  const build: BuildGraph = async (writer) => {
    const { output } = await addDecoderLayer(writer, writer.input('value', 'float', [1, 'count', dims.width]), parts);
    writer.node('Identity', [output], { outputs: ['next'] });
    writer.output('next', 'float', [1, 'count', dims.width]);
  };
  const none: Floats = { values: new Float32Array(0), dims: [1, dims.heads, 0, HEAD_SIZE] };
  const past = { [`past_key_${index}`]: none, [`past_value_${index}`]: none };
  return (await runOnce(build, { ...inputs, ...past }, signal))['next']!;
}
