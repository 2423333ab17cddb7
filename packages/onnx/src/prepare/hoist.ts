// What a decoder computes once per clip instead of once per token.

import type { Graph, Node, ValueInfo } from '../graph/model.ts';
import { producersOf, prune, subgraphsOf } from '../graph/wiring.ts';
import { infer } from './infer.ts';
import type { Known } from './known.ts';

/**
 * Moves what depends on nothing but `steady` inputs of `step` (the same at every token) to the end of `once`, the graph
 * that produces them: `source` names its output for each. The results become outputs of `once` and inputs of `step`
 * of the same name. Steady inputs that the step still reads become outputs of `once` under the step's name for them.
 */
export function hoist(step: Graph, once: Graph, source: ReadonlyMap<string, string>): void {
  const steady = new Set(source.keys());
  const constants = new Set(step.initializer.map(({ name }) => name ?? ''));
  const moved: Node[] = [];
  const taken = new Set<Node>();
  for (const node of step.node) {
    const inputs = node.input.filter((name) => name !== '');
    const fixed = inputs.every((name) => steady.has(name) || constants.has(name));
    if (!fixed || !inputs.some((name) => steady.has(name)) || subgraphsOf(node).length > 0) continue;
    moved.push({ ...node, name: '' });
    taken.add(node);
    for (const name of node.output) steady.add(name);
  }
  const known = infer(step);
  step.node = step.node.filter((node) => !taken.has(node));
  const read = new Set([...step.node.flatMap(({ input }) => input), ...step.output.map(({ name }) => name)]);
  const handed = [...steady].filter((name) => read.has(name));
  const movedReads = new Set(moved.flatMap(({ input }) => input));
  step.input = [
    ...step.input.filter(({ name }) => !source.has(name)),
    ...handed.map((name) => valueInfo(name, known.get(name))),
  ];
  once.initializer.push(
    ...step.initializer.filter(({ name }) => movedReads.has(name ?? '')).map((tensor) => ({ ...tensor })),
  );
  renameOutputs(once, source);
  once.node.push(...moved);
  once.output = handed.map((name) => valueInfo(name, known.get(name)));
  prune(step);
  prune(once);
}

/** Gives each source the name by which the step knows it. */
function renameOutputs(once: Graph, source: ReadonlyMap<string, string>): void {
  const producers = producersOf(once);
  for (const [wanted, name] of source) {
    if (!producers.has(name)) throw new Error(`${name} is not computed by the graph that should give it`);
    once.node.push({ opType: 'Identity', input: [name], output: [wanted], attribute: [] });
  }
}

function valueInfo(name: string, known: Known | undefined): ValueInfo {
  const dim = known?.dims?.map((size) =>
    typeof size === 'number' ? { dimValue: size } : typeof size === 'string' ? { dimParam: size } : {},
  );
  return { name, type: { tensorType: { elemType: known?.type ?? 1, ...(dim ? { shape: { dim } } : {}) } } };
}
