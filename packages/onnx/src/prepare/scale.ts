// On which side of an attention product the scale is applied: on the one that is computed once per clip.

import type { Graph, Node } from '../graph/model.ts';
import { elementCount } from '../graph/tensor.ts';
import { freshName, initializersOf, producersOf, readersOf } from '../graph/wiring.ts';

/**
 * Turns `MatMul(x · c, steady)` into `MatMul(x, steady · c)` where c is one constant number and `steady` depends on
 * nothing but the named inputs, so that `hoist` can take the multiplication away. ONNX Runtime would else fold c into
 * the product, and its products with a factor leave the fast path for single rows. Gives the number changed.
 */
export function scaleSteadySide(graph: Graph, steadyInputs: ReadonlySet<string>): number {
  const constants = initializersOf([graph]);
  const producers = producersOf(graph);
  const readers = readersOf(graph);
  const steady = new Set(steadyInputs);
  for (const { input, output } of graph.node) {
    const fixed = input.every((name) => steady.has(name) || constants.has(name));
    if (fixed && input.some((name) => steady.has(name))) for (const name of output) steady.add(name);
  }
  const isNumber = (name: string): boolean => {
    const constant = constants.get(name);
    return constant !== undefined && elementCount(constant) === 1;
  };
  let changed = 0;
  graph.node = graph.node.flatMap((node): Node[] => {
    const [left = '', right = ''] = node.input;
    const scaled = producers.get(left);
    if (node.opType !== 'MatMul' || scaled?.opType !== 'Mul' || !steady.has(right) || steady.has(left)) return [node];
    const factor = scaled.input.find(isNumber);
    const plain = scaled.input.find((name) => name !== factor);
    if (factor === undefined || plain === undefined || readers.get(left)?.length !== 1) return [node];
    const moved = freshName(graph, `${right}_scaled`);
    changed++;
    return [
      { opType: 'Mul', input: [right, factor], output: [moved], attribute: [] },
      { ...node, input: [plain, moved] },
    ];
  });
  return changed;
}
