// Which computations of a graph are done once here instead of at every run.

import type { Graph, Node, Tensor } from '../graph/model.ts';
import { elementType } from '../graph/schema.ts';
import { floatTensor, int64Tensor, byteTensor } from '../graph/tensor.ts';
import { freshName, intAttribute, prune } from '../graph/wiring.ts';
import { infer } from './infer.ts';
import type { Known } from './known.ts';
import type { Size } from './symbols.ts';

/**
 * Folds what follows from constants and from sizes that are fixed although the whole shape is not:
 * ONNX Runtime folds a shape only when all of it is fixed. Works on graphs without subgraphs.
 */
export function fold(graph: Graph): void {
  const known = infer(graph);
  const sizes = new SizeSource(graph);
  const nodes: Node[] = [];
  const skipped = new Map<string, string>();
  const outputs = new Set(graph.output.map(({ name }) => name));
  for (const original of graph.node) {
    const node = { ...original, input: original.input.map((name) => skipped.get(name) ?? name) };
    const constants = node.output.map((name) => asConstant(name, known.get(name)));
    const only = node.output.length === 1 ? node.output[0]! : undefined;
    if (only !== undefined && !outputs.has(only)) {
      const instead = unchanged(node, known) ?? sizes.of(known.get(only));
      if (instead !== undefined) {
        skipped.set(only, instead);
        continue;
      }
      if (constants[0]) {
        graph.initializer.push(constants[0]);
        continue;
      }
    }
    for (const name of node.output) sizes.learn(name, known.get(name));
    nodes.push(node.opType === 'Reshape' ? withConstantShape(node, graph, known) : node);
  }
  graph.node = [...sizes.nodes, ...nodes];
  prune(graph);
}

function asConstant(name: string, known: Known | undefined): Tensor | undefined {
  const { type, dims, elements } = known ?? {};
  if (!isNumeric(dims) || !isNumeric(elements)) return undefined;
  if (type === elementType.int64) return int64Tensor(name, [...dims], elements);
  if (type === elementType.float) return floatTensor(name, [...dims], elements);
  if (type === elementType.bool) {
    return { ...byteTensor(name, [...dims], 'uint8', Uint8Array.from(elements)), dataType: elementType.bool };
  }
  return undefined;
}

const isNumeric = (sizes: readonly Size[] | undefined): sizes is readonly number[] =>
  sizes !== undefined && sizes.every((size) => typeof size === 'number');

/** The input that a node gives back as it is, for nodes that only seem to do something. */
function unchanged(node: Node, known: ReadonlyMap<string, Known>): string | undefined {
  const [input = '', ...others] = node.input;
  if (node.opType === 'Identity') return input;
  if (node.opType !== 'Expand' && node.opType !== 'Reshape') return undefined;
  const before = known.get(input)?.dims;
  const after = known.get(node.output[0] ?? '')?.dims;
  const same = before && after && before.length === after.length && others.length === 1;
  return same && before.every((size, axis) => size !== undefined && size === after[axis]) ? input : undefined;
}

/** A shape of which all but one size is fixed or copied from the input needs no computing. */
function withConstantShape(node: Node, graph: Graph, known: ReadonlyMap<string, Known>): Node {
  const [input = '', shape = ''] = node.input;
  const wanted = known.get(shape)?.elements;
  const before = known.get(input)?.dims;
  if (!wanted || isNumeric(wanted) || node.attribute.some(({ name, i }) => name === 'allowzero' && i === 1))
    return node;
  const sizes = wanted.map((size, axis) => (typeof size === 'string' && size === before?.[axis] ? 0 : size));
  const open = sizes.filter((size) => typeof size !== 'number' || size === -1).length;
  if (open > 1) return node;
  const name = freshName(graph, `${node.output[0] ?? ''}_shape`);
  graph.initializer.push(
    int64Tensor(
      name,
      [sizes.length],
      sizes.map((size) => (typeof size === 'number' ? size : -1)),
    ),
  );
  return { ...node, input: [input, name] };
}

/** Gives each size from one place, so that the many roundabout ways to it can go. */
class SizeSource {
  readonly nodes: Node[] = [];
  readonly #graph: Graph;
  readonly #names = new Map<string, string>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  of(known: Known | undefined): string | undefined {
    const size = known?.elements?.[0];
    if (known?.type !== elementType.int64 || known.dims?.length !== 0 || typeof size !== 'string') return undefined;
    if (!this.#names.has(size)) this.#add(size);
    return this.#names.get(size);
  }

  /** Remembers where a size is computed that is no input's. */
  learn(name: string, known: Known | undefined): void {
    const size = known?.elements?.[0];
    if (known?.type !== elementType.int64 || known.dims?.length !== 0 || typeof size !== 'string') return;
    if (!this.#names.has(size)) this.#names.set(size, name);
  }

  #add(size: string): void {
    for (const { name, type } of this.#graph.input) {
      const axis = type?.tensorType?.shape?.dim.findIndex(({ dimParam }) => dimParam === size) ?? -1;
      if (axis < 0) continue;
      const shape = freshName(this.#graph, `sizes_of_${size}`);
      const index = freshName(this.#graph, `axis_of_${size}`);
      const output = freshName(this.#graph, `size_${size}`);
      this.#graph.initializer.push(int64Tensor(index, [], [axis]));
      this.nodes.push(
        { opType: 'Shape', input: [name], output: [shape], attribute: [] },
        { opType: 'Gather', input: [shape, index], output: [output], attribute: [intAttribute('axis', 0)] },
      );
      this.#names.set(size, output);
      return;
    }
  }
}
