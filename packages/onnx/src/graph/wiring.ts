// How nodes are found, connected and dropped.

import type { Attribute, Graph, Node, Tensor } from './model.ts';
import { attributeType } from './schema.ts';

export const attributeOf = (node: Node, name: string): Attribute | undefined =>
  node.attribute.find((attribute) => attribute.name === name);

export const intOf = (node: Node, name: string, otherwise: number): number => attributeOf(node, name)?.i ?? otherwise;

export const intAttribute = (name: string, i: number): Attribute => ({ name, type: attributeType.int, i });

export const subgraphsOf = (node: Node): Graph[] => node.attribute.flatMap(({ g }) => (g ? [g] : []));

/** The graph and every graph inside its nodes, outermost first. */
export function allGraphs(graph: Graph): Graph[] {
  return [graph, ...graph.node.flatMap(subgraphsOf).flatMap(allGraphs)];
}

export function producersOf(graph: Graph): Map<string, Node> {
  return new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node])));
}

/** Which nodes of this graph read a value; readers inside subgraphs count as the node that holds the subgraph. */
export function readersOf(graph: Graph): Map<string, Node[]> {
  const readers = new Map<string, Node[]>();
  for (const node of graph.node) {
    for (const name of new Set([...node.input, ...subgraphsOf(node).flatMap(namesFromOutside)])) {
      readers.set(name, [...(readers.get(name) ?? []), node]);
    }
  }
  return readers;
}

function namesFromOutside(graph: Graph): string[] {
  const own = new Set([
    ...graph.initializer.map(({ name }) => name),
    ...graph.input.map(({ name }) => name),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  const read = graph.node.flatMap((node) => [...node.input, ...subgraphsOf(node).flatMap(namesFromOutside)]);
  return [...read, ...graph.output.map(({ name }) => name)].filter((name) => name !== '' && !own.has(name));
}

export function initializersOf(graphs: readonly Graph[]): Map<string, Tensor> {
  return new Map(graphs.flatMap(({ initializer }) => initializer.map((tensor) => [tensor.name ?? '', tensor])));
}

/** A name that no value of `graph`, or of any graph inside, has. */
export function freshName(graph: Graph, wish: string): string {
  const taken = new Set(
    allGraphs(graph).flatMap(({ node, initializer, input }) => [
      ...node.flatMap(({ output }) => output),
      ...initializer.map(({ name }) => name),
      ...input.map(({ name }) => name),
    ]),
  );
  for (let count = 0; ; count++) {
    const name = count === 0 ? wish : `${wish}_${count}`;
    if (!taken.has(name)) return name;
  }
}

/** Drops nodes and constants that no output depends on. Inputs of a model are its interface and stay, unless told. */
export function prune(graph: Graph, { inputs = false } = {}): void {
  const needed = new Set(graph.output.map(({ name }) => name));
  const kept: Node[] = [];
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((name) => needed.has(name))) continue;
    for (const subgraph of subgraphsOf(node)) prune(subgraph);
    for (const name of [...node.input, ...subgraphsOf(node).flatMap(namesFromOutside)]) needed.add(name);
    kept.push(node);
  }
  graph.node = kept.toReversed();
  graph.initializer = graph.initializer.filter(({ name }) => needed.has(name ?? ''));
  graph.valueInfo = [];
  if (inputs) graph.input = graph.input.filter(({ name }) => needed.has(name));
}

/** Leaves only the named outputs, and what they depend on. */
export function keepOutputs(graph: Graph, wanted: (name: string) => boolean): void {
  graph.output = graph.output.filter(({ name }) => wanted(name));
  prune(graph, { inputs: true });
}
