// In which 8-bit numbers constant matrices are kept: signed ones multiply twice as fast on some processors.

import type { Graph, Tensor } from '../graph/model.ts';
import { elementType } from '../graph/schema.ts';
import { bytesOf, byteTensor } from '../graph/tensor.ts';
import { freshName, initializersOf, prune } from '../graph/wiring.ts';

/**
 * Turns the constant unsigned matrices of MatMulInteger into signed ones: matrix and zero point both move down by 128,
 * so that the product is exactly the same. Only for machines where `signedBytesAreExact`. Gives the number changed.
 */
export function signMatrices(graph: Graph): number {
  const constants = initializersOf([graph]);
  const moved = new Map<string, string>();
  let changed = 0;
  const signed = (tensor: Tensor): string | undefined => {
    const name = tensor.name ?? '';
    const bytes = bytesOf(tensor);
    if (!bytes) return undefined;
    if (!moved.has(name)) {
      const to = freshName(graph, `${name}_signed`);
      graph.initializer.push(
        byteTensor(
          to,
          tensor.dims,
          'int8',
          bytes.map((byte) => byte ^ 0x80),
        ),
      );
      moved.set(name, to);
    }
    return moved.get(name);
  };
  const zero: Tensor = {
    name: freshName(graph, 'zero_of_unsigned'),
    dims: [],
    dataType: elementType.uint8,
    rawData: new Uint8Array(1),
  };
  graph.node = graph.node.map((node) => {
    if (node.opType !== 'MatMulInteger') return node;
    const [input = '', matrixName = '', inputZero = '', matrixZero = ''] = node.input;
    const matrix = constants.get(matrixName);
    const zeroPoint = matrixZero === '' ? zero : constants.get(matrixZero);
    if (matrix?.dataType !== elementType.uint8 || zeroPoint?.dataType !== elementType.uint8) return node;
    const [to, toZero] = [signed(matrix), signed(zeroPoint)];
    if (to === undefined || toZero === undefined) return node;
    changed++;
    return { ...node, input: [input, to, inputZero, toZero] };
  });
  prune(graph);
  return changed;
}
