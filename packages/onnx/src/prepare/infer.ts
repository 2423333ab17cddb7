// What is known about the values of a graph before it runs: types, sizes, and the elements of small ones.

import type { Graph, Node, ValueInfo } from '../graph/model.ts';
import { constant, FEW, type Known } from './known.ts';
import { rules } from './rules.ts';
import type { Size } from './symbols.ts';

/** What is known about every value of a graph without subgraphs, by name. Sizes of its inputs are taken by name. */
export function infer(graph: Graph): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const input of graph.input) known.set(input.name, declared(input));
  for (const tensor of graph.initializer) known.set(tensor.name ?? '', constant(tensor));
  for (const node of graph.node) {
    const results = resultsOf(
      node,
      node.input.map((name) => known.get(name) ?? {}),
    );
    node.output.forEach((name, index) => known.set(name, few(results[index] ?? {})));
  }
  return known;
}

function resultsOf(node: Node, inputs: Known[]): Known[] {
  const standard = node.domain === undefined || node.domain === '' || node.domain === 'ai.onnx';
  return (standard && rules[node.opType]?.(node, inputs)) || [];
}

function few(known: Known): Known {
  return known.elements && known.elements.length > FEW ? { ...known, elements: undefined } : known;
}

function declared({ type }: ValueInfo): Known {
  const dims = type?.tensorType?.shape?.dim.map(({ dimValue, dimParam }): Size => dimParam ?? dimValue);
  return { type: type?.tensorType?.elemType, dims };
}
