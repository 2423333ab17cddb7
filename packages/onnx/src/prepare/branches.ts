// How a merged decoder is taken apart: its If branches become graphs of their own.

import type { Graph, Model, Node } from '../graph/model.ts';
import { attributeOf, freshName, prune, subgraphsOf } from '../graph/wiring.ts';

/** The boolean graph input that an If at the top of the graph decides by, or undefined. */
export function branchInput(graph: Graph): string | undefined {
  const inputs = new Set(graph.input.map(({ name }) => name));
  return graph.node.find(({ opType, input }) => opType === 'If' && inputs.has(input[0] ?? ''))?.input[0];
}

/** The model as it is when its boolean input `name` always has this value: its Ifs are gone, and so is the input. */
export function assume(model: Model, name: string, value: boolean): Model {
  const graph: Graph = { ...model.graph, node: [...model.graph.node], initializer: [...model.graph.initializer] };
  const choices = graph.node.filter(({ opType, input }) => opType === 'If' && input[0] === name);
  for (const choice of choices) {
    const branch = attributeOf(choice, value ? 'then_branch' : 'else_branch')?.g;
    if (!branch) throw new Error(`the If node ${choice.name ?? ''} lacks a branch`);
    inline(graph, choice, branch);
  }
  graph.input = graph.input.filter((input) => input.name !== name);
  prune(graph);
  return { ...model, graph };
}

function inline(graph: Graph, choice: Node, branch: Graph): void {
  const names = namesAfterInlining(graph, choice, branch);
  const copies = branch.output.flatMap(({ name }, index): Node[] => {
    const output = choice.output[index] ?? name;
    const input = names.get(name) ?? name;
    return input === output ? [] : [{ opType: 'Identity', input: [input], output: [output], attribute: [] }];
  });
  const nodes = branch.node.map((node) => renamed(node, names));
  graph.node.splice(graph.node.indexOf(choice), 1, ...nodes, ...copies);
  graph.initializer.push(
    ...branch.initializer.map((tensor) => ({ ...tensor, name: rename(tensor.name ?? '', names) })),
  );
}

/** The branch's own values: its results take the names of the If's results, the others avoid those of the graph. */
function namesAfterInlining(graph: Graph, choice: Node, branch: Graph): Map<string, string> {
  const names = new Map<string, string>();
  const produced = new Set(branch.node.flatMap(({ output }) => output));
  branch.output.forEach(({ name }, index) => {
    const result = choice.output[index];
    if (result !== undefined && produced.has(name) && !names.has(name)) names.set(name, result);
  });
  const outside = new Set([
    ...graph.input.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  for (const name of [...produced, ...branch.initializer.map((tensor) => tensor.name ?? '')]) {
    if (!names.has(name) && outside.has(name)) names.set(name, freshName(graph, `${name}_inner`));
  }
  return names;
}

const rename = (name: string, names: ReadonlyMap<string, string>): string => names.get(name) ?? name;

/** A copy of the node, and of the graphs inside it, with other names. */
function renamed(node: Node, names: ReadonlyMap<string, string>): Node {
  const all = (list: string[]): string[] => list.map((name) => rename(name, names));
  const copy = { ...node, input: all(node.input), output: all(node.output) };
  if (subgraphsOf(node).length === 0) return copy;
  const attribute = node.attribute.map((entry) =>
    entry.g
      ? {
          ...entry,
          g: {
            ...entry.g,
            node: entry.g.node.map((inner) => renamed(inner, names)),
            output: entry.g.output.map((output) => ({ ...output, name: rename(output.name, names) })),
          },
        }
      : entry,
  );
  return { ...copy, attribute };
}
