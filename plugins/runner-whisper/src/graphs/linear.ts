// A product with a matrix, in float or in 8 bits.

import { emptyInt8, quantiseRows } from '../quantise/int8.ts';
import { MICROSOFT, type GraphWriter } from './graph-writer.ts';

export interface Linear {
  /** As in plans and reports: `encoder.layers.3.fc2`. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** `[outputs, inputs]`, row by row. */
  readonly weight: Float32Array;
  /** Absent where there is none. */
  readonly bias?: Float32Array;
}

export interface Norm {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
}

/** Which matrices stay in float, and in which form the 8-bit ones are. */
export interface Precision {
  isFloat(name: string): boolean;
  readonly signed: boolean;
}

export const inFloat: Precision = { isFloat: () => true, signed: true };

/** Adds a product with its bias and gives the name of the result. */
export async function addLinear(
  writer: GraphWriter,
  input: string,
  { linear, precision }: { linear: Linear; precision: Precision },
): Promise<string> {
  if (precision.isFloat(linear.name)) return addFloat(writer, input, linear);
  return addInt8(writer, input, { linear, signed: precision.signed });
}

async function addFloat(writer: GraphWriter, input: string, linear: Linear): Promise<string> {
  const { weight, bias, inputs, outputs } = linear;
  const matrix = await writer.once(weight, () =>
    writer.floats(transposed(weight, { rows: outputs, columns: inputs }), [inputs, outputs]),
  );
  const product = writer.node('MatMul', [input, matrix]);
  return bias ? writer.node('Add', [product, await writer.floats(bias, [outputs])]) : product;
}

async function addInt8(
  writer: GraphWriter,
  input: string,
  { linear, signed }: { linear: Linear; signed: boolean },
): Promise<string> {
  const { weight, bias, inputs, outputs } = linear;
  const matrix = emptyInt8({ inputs, outputs, signed });
  quantiseRows(matrix, { values: weight, first: 0 }, { inputs, outputs, signed });
  const names = await addInt8Matrix(writer, matrix, { inputs, outputs, signed });
  return multiplyInt8(writer, input, { ...names, bias: bias && (await writer.floats(bias, [outputs])) });
}

/** The names of a matrix in 8 bits, its scales and its zero points. */
export interface Int8Names {
  readonly matrix: string;
  readonly scales: string;
  readonly zeros: string;
}

/** Adds the constants of a matrix in 8 bits. */
export async function addInt8Matrix(
  writer: GraphWriter,
  { bytes, scales }: { bytes: Uint8Array; scales: Float32Array },
  { inputs, outputs, signed }: { inputs: number; outputs: number; signed: boolean },
): Promise<Int8Names> {
  const type = signed ? 'int8' : 'uint8';
  return {
    matrix: await writer.constant(bytes, { dims: [inputs, outputs], type }),
    scales: await writer.floats(scales, [outputs]),
    zeros: await writer.constant(new Uint8Array(outputs).fill(signed ? 0 : 128), { dims: [outputs], type }),
  };
}

/** Rounds the input to 8 bits with one scale, multiplies and gives floats. */
export function multiplyInt8(
  writer: GraphWriter,
  input: string,
  { matrix, scales, zeros, bias, output }: Int8Names & { bias?: string | undefined; output?: string },
): string {
  const inputs = [input, matrix, scales, zeros, ...(bias === undefined ? [] : [bias])];
  return writer.node('DynamicQuantizeMatMul', inputs, { domain: MICROSOFT, ...(output && { outputs: [output] }) });
}

/** Adds a layer norm and gives the name of the result. */
export async function addNorm(writer: GraphWriter, input: string, { gamma, beta }: Norm): Promise<string> {
  const [scale, shift] = [await writer.floats(gamma, [gamma.length]), await writer.floats(beta, [beta.length])];
  return writer.node('LayerNormalization', [input, scale, shift], { attributes: { axis: -1, epsilon: 1e-5 } });
}

/** Rows become columns; a copy. */
export function transposed(values: Float32Array, { rows, columns }: { rows: number; columns: number }): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column]!;
  }
  return result;
}
