// The decoder's graph: tokens and what was kept of earlier ones to the logits of what follows each.

import type { Dims, Head } from '../description/description.ts';
import { emptyInt8, quantiseRows } from '../quantise/int8.ts';
import { HEAD_SIZE } from '../weights/expected.ts';
import { loadValues, type DecoderLayer } from '../weights/load.ts';
import type { Weights } from '../weights/weights.ts';
import { addFeedForward } from './encoder.ts';
import { MICROSOFT, type GraphWriter } from './graph-writer.ts';
import { addInt8Matrix, addLinear, addNorm, multiplyInt8, type Norm, type Precision } from './linear.ts';

const EMBEDDING = 'decoder.embed_tokens';

interface DecoderParts {
  readonly weights: Weights;
  readonly dims: Dims;
  readonly precision: Precision;
  readonly alignmentHeads: readonly Head[];
  /** Read when it is written. */
  readonly layer: (index: number) => Promise<DecoderLayer>;
  readonly norm: Norm;
}

/** Inputs and outputs: see the tables of README.md. */
export async function addDecoder(writer: GraphWriter, parts: DecoderParts, signal: AbortSignal): Promise<void> {
  const { dims, alignmentHeads } = parts;
  const tokens = writer.input('tokens', 'int64', ['batch', 'count']);
  const embedding = await addEmbedding(writer, tokens, parts, signal);
  let value = writer.node('Add', [embedding.output, await addPlaces(writer, parts, signal)]);
  const shares: string[] = [];
  for (let index = 0; index < dims.decoderLayers; index++) {
    const { output, share } = await addDecoderLayer(writer, value, {
      ...parts,
      index,
      layer: await parts.layer(index),
    });
    value = output;
    const heads = headsOf(alignmentHeads, index);
    if (heads.length > 0) {
      shares.push(writer.node('Gather', [share, writer.int64(heads)], { attributes: { axis: 1 } }));
    }
  }
  addAlignment(writer, shares, { heads: alignmentHeads.length, tokens });
  embedding.project(await addNorm(writer, value, parts.norm));
  writer.output('logits', 'float', ['batch', 'count', dims.vocabularySize]);
}

interface Embedding {
  readonly output: string;
  /** Adds the product with the same matrix, `logits`. */
  project(value: string): void;
}

async function addEmbedding(
  writer: GraphWriter,
  tokens: string,
  { weights, dims, precision }: DecoderParts,
  signal: AbortSignal,
): Promise<Embedding> {
  if (precision.isFloat(EMBEDDING)) {
    const values = await loadValues(weights, `${EMBEDDING}.weight`, signal);
    const matrix = await writer.floats(values, [dims.vocabularySize, dims.width]);
    return {
      output: writer.node('Gather', [matrix, tokens], { attributes: { axis: 0 } }),
      project(value) {
        const columns = writer.node('Transpose', [matrix], { attributes: { perm: [1, 0] } });
        writer.node('MatMul', [value, columns], { outputs: ['logits'] });
      },
    };
  }
  const size = { inputs: dims.width, outputs: dims.vocabularySize, signed: precision.signed };
  const names = await addInt8Matrix(writer, await quantisedEmbedding(weights, size, signal), size);
  const columns = writer.node('Gather', [names.matrix, tokens], { attributes: { axis: 1 } });
  const rows = writer.node('Transpose', [columns], { attributes: { perm: [1, 2, 0] } });
  const numbers = writer.node('Cast', [rows], { attributes: { to: FLOAT } });
  const centred = precision.signed ? numbers : writer.node('Sub', [numbers, writer.float(128)]);
  const scales = writer.node('Gather', [names.scales, tokens], { attributes: { axis: 0 } });
  return {
    output: writer.node('Mul', [centred, writer.node('Unsqueeze', [scales, writer.int64([2])])]),
    project: (value) => multiplyInt8(writer, value, { ...names, output: 'logits' }),
  };
}

/** ONNX's number for float32. */
const FLOAT = 1;
/** So many rows of the embedding are read at once: it is the largest tensor by far. */
const ROWS_AT_ONCE = 4096;

async function quantisedEmbedding(
  weights: Weights,
  size: { inputs: number; outputs: number; signed: boolean },
  signal: AbortSignal,
): Promise<ReturnType<typeof emptyInt8>> {
  const tensor = weights.tensors.get(`${EMBEDDING}.weight`)!;
  const matrix = emptyInt8(size);
  for (let first = 0; first < size.outputs; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, size.outputs - first);
    quantiseRows(matrix, { values: await tensor.read({ from: first, count }, signal), first }, size);
  }
  return matrix;
}

/** Where the tokens are in the text: behind the ones that are kept. */
async function addPlaces(writer: GraphWriter, { weights, dims }: DecoderParts, signal: AbortSignal): Promise<string> {
  const values = await loadValues(weights, 'decoder.embed_positions.weight', signal);
  const all = await writer.floats(values, [dims.textContext, dims.width]);
  const past = writer.node('Slice', [writer.node('Shape', ['past_key_0']), writer.int64([2]), writer.int64([3])]);
  const count = writer.node('Slice', [writer.node('Shape', ['tokens']), writer.int64([1]), writer.int64([2])]);
  return writer.node('Slice', [all, past, writer.node('Add', [past, count]), writer.int64([0])]);
}

/** Adds the inputs and outputs of one layer's caches, and the inputs that the encoder gives for it. */
export async function addDecoderLayer(
  writer: GraphWriter,
  input: string,
  { layer, index, dims, precision }: { layer: DecoderLayer; index: number; dims: Dims; precision: Precision },
): Promise<{ output: string; share: string }> {
  const normed = await addNorm(writer, input, layer.attentionNorm);
  const joined = await addLinear(writer, normed, { linear: layer.queryKeyValue, precision });
  const attended = addSelfAttention(writer, joined, { index, dims });
  const own = writer.node('Add', [
    input,
    await addLinear(writer, attended, { linear: layer.attentionOutput, precision }),
  ]);
  const crossNormed = await addNorm(writer, own, layer.crossNorm);
  const query = await addLinear(writer, crossNormed, { linear: layer.crossQuery, precision });
  const { looked, share } = addCrossAttention(writer, query, { index, dims });
  const both = writer.node('Add', [own, await addLinear(writer, looked, { linear: layer.crossOutput, precision })]);
  const { output } = await addFeedForward(writer, both, { layer, precision });
  return { output, share };
}

function addSelfAttention(writer: GraphWriter, joined: string, { index, dims }: { index: number; dims: Dims }): string {
  const { width, heads } = dims;
  const thirds = writer.int64([width, width, width]);
  const parts = writer.nodes('Split', [joined, thirds], { attributes: { axis: -1 } }, 3);
  const past = [`past_key_${index}`, `past_value_${index}`];
  const present = [`present_key_${index}`, `present_value_${index}`];
  for (const name of past) writer.input(name, 'float', ['batch', heads, 'past', HEAD_SIZE]);
  for (const name of present) writer.output(name, 'float', ['batch', heads, 'total', HEAD_SIZE]);
  const [attended = ''] = writer.nodes('MultiHeadAttention', [...parts, '', '', '', ...past], {
    domain: MICROSOFT,
    attributes: { num_heads: heads, unidirectional: 1 },
    outputs: [`attended_${index}`, ...present],
  });
  return attended;
}

/**
 * The rows of a batch look at the same audio: for this they stand one behind the other in one row. Plain products are a
 * quarter faster here than `MultiHeadAttention`, which turns the keys for every token anew. `share` is how much each head looks
 * at each frame, `[1, heads, batch · count, frames]`.
 */
function addCrossAttention(
  writer: GraphWriter,
  query: string,
  { index, dims }: { index: number; dims: Dims },
): { looked: string; share: string } {
  const [keys, values] = [`cross_key_${index}`, `cross_value_${index}`];
  writer.input(keys, 'float', [1, dims.heads, HEAD_SIZE, 'frames']);
  writer.input(values, 'float', [1, dims.heads, 'frames', HEAD_SIZE]);
  const split = writer.node('Reshape', [query, writer.int64([1, -1, dims.heads, HEAD_SIZE])]);
  const byHead = writer.node('Transpose', [split], { attributes: { perm: [0, 2, 1, 3] } });
  const share = writer.node('Softmax', [writer.node('MatMul', [byHead, keys])], { attributes: { axis: -1 } });
  const mixed = writer.node('MatMul', [share, values]);
  const byToken = writer.node('Transpose', [mixed], { attributes: { perm: [0, 2, 1, 3] } });
  return { looked: writer.node('Reshape', [byToken, writer.node('Shape', [query])]), share };
}

/** Shares of several layers, `[1, some heads, batch · count, frames]`, become one for each text. */
function addAlignment(
  writer: GraphWriter,
  shares: readonly string[],
  { heads, tokens }: { heads: number; tokens: string },
): void {
  const joined = shares.length === 1 ? shares[0]! : writer.node('Concat', shares, { attributes: { axis: 1 } });
  const sizes = [writer.int64([heads]), writer.node('Shape', [tokens]), writer.int64([-1])];
  const shape = writer.node('Concat', sizes, { attributes: { axis: 0 } });
  const byText = writer.node('Reshape', [joined, shape]);
  writer.node('Transpose', [byText], { attributes: { perm: [1, 0, 2, 3] }, outputs: ['alignment'] });
  writer.output('alignment', 'float', ['batch', heads, 'count', 'frames']);
}

/** The alignment heads of one layer. Heads are ordered by layer, as everything about them is. */
const headsOf = (alignmentHeads: readonly Head[], layer: number): number[] =>
  alignmentHeads.filter(([of]) => of === layer).map(([, head]) => head);
