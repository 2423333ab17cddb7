// How an encoder computes when exactness counts more than speed: with the stored weights, but without rounding its input.

import type { Graph, Node, Tensor } from '../graph/model.ts';
import { bytesOf, floatTensor, valuesOf } from '../graph/tensor.ts';
import { freshName, initializersOf, producersOf, prune, readersOf } from '../graph/wiring.ts';
import { elementType } from '../graph/schema.ts';

/**
 * Turns `DynamicQuantizeLinear → MatMulInteger → Cast → Mul` into MatMul with weights made float here.
 * Needs four times the memory for those weights. Gives the number changed.
 */
export function multiplyInFloat(graph: Graph): number {
  const constants = initializersOf([graph]);
  const producers = producersOf(graph);
  const readers = readersOf(graph);
  const stored = new Map<string, string>();
  const replaced = new Map<Node, Node>();
  for (const product of graph.node) {
    if (product.opType !== 'MatMulInteger') continue;
    const quantize = producers.get(product.input[0] ?? '');
    const scaled = onlyReader(readers, onlyReader(readers, product, 'Cast'), 'Mul');
    const scales = scaled?.input.map((name) => producers.get(name)).find((node) => node?.opType === 'Mul');
    const scale = scales?.input.map((name) => constants.get(name)).find((tensor) => tensor !== undefined);
    const matrix = constants.get(product.input[1] ?? '');
    if (quantize?.opType !== 'DynamicQuantizeLinear' || !scaled || !scale || !matrix) continue;
    if (!scales?.input.includes(quantize.output[1] ?? '')) continue;
    const name = stored.get(matrix.name ?? '') ?? freshName(graph, `${matrix.name ?? ''}_float`);
    if (!stored.has(matrix.name ?? '')) {
      const weights = dequantized(name, matrix, { scale, zeroPoint: constants.get(product.input[3] ?? '') });
      if (!weights) continue;
      graph.initializer.push(weights);
      stored.set(matrix.name ?? '', name);
    }
    const input = [quantize.input[0] ?? '', name];
    replaced.set(scaled, { opType: 'MatMul', input, output: scaled.output, attribute: [] });
  }
  graph.node = graph.node.map((node) => replaced.get(node) ?? node);
  prune(graph);
  return replaced.size;
}

function onlyReader(readers: Map<string, Node[]>, node: Node | undefined, opType: string): Node | undefined {
  const [reader, ...others] = readers.get(node?.output[0] ?? '') ?? [];
  return reader?.opType === opType && others.length === 0 ? reader : undefined;
}

/** Scale and zero point are one for all or one a column. */
function dequantized(
  name: string,
  matrix: Tensor,
  { scale, zeroPoint }: { scale: Tensor; zeroPoint: Tensor | undefined },
): Tensor | undefined {
  const bytes = bytesOf(matrix);
  const scales = valuesOf(scale);
  const zeros = zeroPoint ? valuesOf(zeroPoint) : [0];
  const columns = matrix.dims.at(-1) ?? 0;
  if (!bytes || !scales || !zeros || ![1, columns].includes(scales.length) || ![1, columns].includes(zeros.length)) {
    return undefined;
  }
  const numbers = matrix.dataType === elementType.int8 ? new Int8Array(bytes) : bytes;
  const values = new Float32Array(numbers.length);
  for (let index = 0; index < values.length; index++) {
    const column = index % columns;
    values[index] =
      (numbers[index]! - zeros[zeros.length === 1 ? 0 : column]!) * scales[scales.length === 1 ? 0 : column]!;
  }
  return floatTensor(name, matrix.dims, values);
}
