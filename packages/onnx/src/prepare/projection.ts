// How a large quantized matrix is multiplied: as it is, instead of as a float copy made at every run.

import type { Graph, Node, Tensor } from '../graph/model.ts';
import { attributeType, elementType } from '../graph/schema.ts';
import { bytesOf, byteTensor, elementCount } from '../graph/tensor.ts';
import { attributeOf, freshName, initializersOf, intOf, producersOf, prune } from '../graph/wiring.ts';

/** A matrix as the graph stores it, and what the multiplication needs of it. */
interface Weights {
  readonly matrix: Tensor;
  readonly transposed: boolean;
  readonly scale: string;
  readonly zeroPoint: string | undefined;
}

/**
 * Finds `MatMul(x, W)` where W is dequantized from a constant matrix of 8-bit numbers at run time, before or after being
 * transposed, and multiplies in integers: x is quantized as everywhere else in such models (DynamicQuantizeLinear).
 * Smaller matrices than `minElements` are left alone. Gives the number of multiplications changed.
 */
export function keepQuantized(graph: Graph, minElements = 1 << 20): number {
  const producers = producersOf(graph);
  const constants = initializersOf([graph]);
  const stored = new Map<string, string>();
  let changed = 0;
  graph.node = graph.node.flatMap((node) => {
    const weights = node.opType === 'MatMul' ? weightsOf(node.input[1] ?? '', producers, constants) : undefined;
    if (!weights || elementCount(weights.matrix) < minElements) return [node];
    const source = weights.matrix.name ?? '';
    const matrix = stored.get(source) ?? storeColumns(graph, weights);
    if (matrix === undefined) return [node];
    stored.set(source, matrix);
    changed++;
    return integerProduct(graph, node, { ...weights, matrixName: matrix });
  });
  prune(graph);
  return changed;
}

function weightsOf(name: string, producers: Map<string, Node>, constants: Map<string, Tensor>): Weights | undefined {
  const after = transposeOf(producers.get(name));
  const dequantize = producers.get(after ?? name);
  if (dequantize?.opType !== 'DequantizeLinear') return undefined;
  const [quantized = '', scale = '', zeroPoint] = dequantize.input;
  const before = transposeOf(producers.get(quantized));
  const matrix = constants.get(before ?? quantized);
  if (!matrix || matrix.dims.length !== 2 || (after !== undefined && before !== undefined)) return undefined;
  if (matrix.dataType !== elementType.uint8 && matrix.dataType !== elementType.int8) return undefined;
  const scales = constants.get(scale);
  if (!scales || attributeOf(dequantize, 'block_size')) return undefined;
  // One scale a column is possible, one a row is not: it would have to be inside of the sum.
  const columnAxis = after === undefined ? 1 : 0;
  const axis = intOf(dequantize, 'axis', 1);
  if (elementCount(scales) > 1 && (axis < 0 ? axis + 2 : axis) !== columnAxis) return undefined;
  return { matrix, transposed: (after ?? before) !== undefined, scale, zeroPoint: zeroPoint || undefined };
}

/** The input of a transposition of a matrix. */
function transposeOf(node: Node | undefined): string | undefined {
  if (node?.opType !== 'Transpose') return undefined;
  const order = attributeOf(node, 'perm')?.ints ?? [1, 0];
  return order.length === 2 && order[0] === 1 ? node.input[0] : undefined;
}

function storeColumns(graph: Graph, { matrix, transposed }: Weights): string | undefined {
  if (!transposed) return matrix.name;
  const bytes = bytesOf(matrix);
  const [rows = 0, columns = 0] = matrix.dims;
  if (!bytes) return undefined;
  const turned = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = bytes[row * columns + column]!;
  }
  const name = freshName(graph, `${matrix.name ?? 'matrix'}_columns`);
  const type = matrix.dataType === elementType.int8 ? 'int8' : 'uint8';
  graph.initializer.push(byteTensor(name, [columns, rows], type, turned));
  return name;
}

function integerProduct(graph: Graph, node: Node, weights: Weights & { matrixName: string }): Node[] {
  const [input = ''] = node.input;
  const [output = ''] = node.output;
  const name = (part: string): string => freshName(graph, `${output}_${part}`);
  const [quantized, scale, zeroPoint, sum, float, scales] = [
    'quantized',
    'scale',
    'zero',
    'sum',
    'float',
    'scales',
  ].map(name) as [string, string, string, string, string, string];
  const operator = (opType: string, inputs: string[], outputs: string[]): Node => ({
    opType,
    input: inputs,
    output: outputs,
    attribute: [],
  });
  const factors = [quantized, weights.matrixName, zeroPoint, ...(weights.zeroPoint ? [weights.zeroPoint] : [])];
  return [
    operator('DynamicQuantizeLinear', [input], [quantized, scale, zeroPoint]),
    operator('MatMulInteger', factors, [sum]),
    { ...operator('Cast', [sum], [float]), attribute: [{ name: 'to', type: attributeType.int, i: elementType.float }] },
    operator('Mul', [scale, weights.scale], [scales]),
    operator('Mul', [float, scales], [output]),
  ];
}
