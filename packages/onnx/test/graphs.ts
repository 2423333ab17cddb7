// How tests build tiny graphs and run them.

import { openSession, loadRuntime } from '@voiceinput/onnx';
import type { Tensor } from 'onnxruntime-node';
import { writeModel } from '../src/graph/model.ts';
import type { Attribute, Graph, Model, Node, Tensor as Constant, ValueInfo } from '../src/graph/model.ts';

export const FLOAT = 1;
export const UINT8 = 2;
export const INT8 = 3;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;

export function node(
  opType: string,
  input: string[],
  output: string[],
  attributes: Record<string, number | number[] | Graph | Constant> = {},
): Node {
  return {
    opType,
    input,
    output,
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  };
}

function attribute(name: string, value: number | number[] | Graph | Constant): Attribute {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if (Array.isArray(value)) return { name, type: 7, ints: value };
  return 'node' in value ? { name, type: 5, g: value } : { name, type: 4, t: value };
}

export function value(name: string, elemType: number, dims: (number | string)[]): ValueInfo {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

const arrays = {
  [FLOAT]: Float32Array,
  [UINT8]: Uint8Array,
  [INT8]: Int8Array,
  [INT32]: Int32Array,
} as const;

export function constant(
  name: string,
  dataType: keyof typeof arrays,
  dims: number[],
  values: readonly number[],
): Constant {
  const typed = arrays[dataType].from(values);
  return { name, dims, dataType, rawData: new Uint8Array(typed.buffer) };
}

export function wholeNumbers(name: string, dims: number[], values: readonly number[]): Constant {
  return { name, dims, dataType: INT64, rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer) };
}

export function graph(parts: Partial<Graph>): Graph {
  return { name: 'test', node: [], initializer: [], input: [], output: [], valueInfo: [], ...parts };
}

export function model(inner: Graph): Model {
  return {
    irVersion: 8,
    opsetImport: [{ version: 14 }, { domain: 'com.microsoft', version: 1 }],
    functions: [],
    graph: inner,
  };
}

export async function run(inner: Graph, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  const session = await openSession(writeModel(model(inner)), { threads: 1 });
  const wanted = Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)));
  const results = await session.run(wanted);
  await session.release();
  return results;
}

export async function floats(dims: number[], values: ArrayLike<number>): Promise<Tensor> {
  const { Tensor } = await loadRuntime();
  return new Tensor('float32', Float32Array.from(values), dims);
}

/** Numbers −1…1, always the same for a seed. */
export function random(count: number, seed = 1): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  });
}

export const operators = ({ node: nodes }: Graph): string[] => nodes.map(({ opType }) => opType);

export function furthest(a: Tensor | undefined, b: Tensor | undefined): number {
  if (!a || !b) return Infinity;
  const [x, y] = [a.data as Float32Array, b.data as Float32Array];
  return x.length === y.length ? Math.max(0, ...x.map((value, index) => Math.abs(value - y[index]!))) : Infinity;
}
