// What becomes of a merged encoder-decoder's decoder: one graph to run once per clip, one to run per token.

import { readModel, writeModel, type Graph, type Model, type ValueInfo } from '../graph/model.ts';
import { elementType } from '../graph/schema.ts';
import { keepOutputs, subgraphsOf } from '../graph/wiring.ts';
import { assume, branchInput } from './branches.ts';
import { multiplyInFloat } from './float.ts';
import { fold } from './fold.ts';
import { hoist } from './hoist.ts';
import { keepQuantized } from './projection.ts';
import { fuseRotations, RUNTIME_DOMAIN } from './rotation.ts';
import { scaleSteadySide } from './scale.ts';
import { signMatrices } from './signed.ts';

/** Names that exporters give to caches (https://huggingface.co/docs/optimum); `encoder` are the cross-attention's. */
export const pastName = /^past_key_values\.(\d+)\.(decoder|encoder)\.(key|value)$/;

/** What a decoding loop gives at every step besides caches, by the names that exporters give it. */
const perToken = /^(input_ids|cache_position|past_key_values\.\d+\.decoder\.(key|value))$/;

export interface PreparedDecoder {
  /** From the encoder's output: what is the same at every token. Its outputs go to `step` by name. */
  readonly once: Uint8Array;
  /** From tokens and past: logits of every token given, and the self-attention caches. */
  readonly step: Uint8Array;
}

/**
 * Rewrites a merged decoder with caches. Throws an `Error` that says what is missing when it has another shape.
 * Dequantized matrices with fewer than `minElements` numbers stay as they are.
 */
export function prepareDecoder(
  published: Uint8Array,
  { signedInt8, minElements }: { signedInt8: boolean; minElements?: number },
): PreparedDecoder {
  const model = readModel(published);
  const choice = branchInput(model.graph);
  if (choice === undefined) throw new Error('the decoder has no branch with and without past');
  const once = assume(model, choice, false);
  const step = assume(model, choice, true);
  const cross = step.graph.input.flatMap(({ name }) => (pastName.exec(name)?.[2] === 'encoder' ? [name] : []));
  if (cross.length === 0) throw new Error('the decoder has no cross-attention caches among its inputs');
  const presents = new Map(cross.map((name) => [name, name.replace('past_key_values', 'present')]));
  keepOutputs(once.graph, (name) => [...presents.values()].includes(name));
  keepOutputs(step.graph, (name) => name === 'logits' || /^present\.\d+\.decoder\./.test(name));
  // Sizes are taken from the first input that has them: the batch of the sound here, that of the texts there.
  inputsFirst(once.graph, ({ name, type }) => type === elementType.float && !pastName.test(name));
  inputsFirst(step.graph, ({ name }) => perToken.test(name));
  for (const { graph } of [once, step]) refuseSubgraphs(graph);
  fold(once.graph);
  fold(step.graph);
  keepQuantized(step.graph, minElements);
  scaleSteadySide(step.graph, new Set(cross));
  hoist(step.graph, once.graph, presents);
  for (const model of [once, step]) finish(model, signedInt8);
  refuseInputsBut(once.graph, ({ index }) => index === 0);
  const handed = new Set(once.graph.output.map(({ name }) => name));
  refuseInputsBut(step.graph, ({ name }) => perToken.test(name) || handed.has(name));
  return { once: writeModel(once), step: writeModel(step) };
}

function inputsFirst(graph: Graph, first: (input: { name: string; type: number | undefined }) => boolean): void {
  const rank = ({ name, type }: ValueInfo): number => (first({ name, type: type?.tensorType?.elemType }) ? 0 : 1);
  graph.input = graph.input.toSorted((a, b) => rank(a) - rank(b));
}

/** The passes follow values through one graph only. */
function refuseSubgraphs(graph: Graph): void {
  const holder = graph.node.find((node) => subgraphsOf(node).length > 0);
  if (holder) throw new Error(`a branch of the decoder holds another ${holder.opType} (${holder.name ?? ''})`);
}

/** The loops give each prepared graph what they know of, and nothing else. */
function refuseInputsBut(graph: Graph, known: (input: { name: string; index: number }) => boolean): void {
  const unknown = graph.input.filter(({ name }, index) => !known({ name, index }));
  if (unknown.length === 0) return;
  throw new Error(`the rewritten decoder still reads ${unknown.map(({ name }) => name).join(', ')}`);
}

/** Rewrites a graph without past, such as an encoder or a whole model; with `float` it does not round what it multiplies. */
export function rewriteGraph(
  published: Uint8Array,
  { signedInt8, float = false }: { signedInt8: boolean; float?: boolean },
): Uint8Array {
  const model = readModel(published);
  fold(model.graph);
  if (float) multiplyInFloat(model.graph);
  finish(model, signedInt8);
  return writeModel(model);
}

function finish(model: Model, signedInt8: boolean): void {
  const { graph } = model;
  fuseRotations(graph);
  if (signedInt8) signMatrices(graph);
  const read = new Set(graph.node.flatMap(({ input }) => input));
  graph.input = graph.input.filter(({ name }) => read.has(name));
  const fused = graph.node.some(({ domain }) => domain === RUNTIME_DOMAIN);
  const declared = model.opsetImport.some(({ domain }) => domain === RUNTIME_DOMAIN);
  if (fused && !declared) model.opsetImport = [...model.opsetImport, { domain: RUNTIME_DOMAIN, version: 1 }];
}
