// How an ONNX file becomes plain objects and a file again.

import protobuf from 'protobufjs';
import { ONNX_PROTO } from './schema.ts';

export interface Model {
  irVersion: number;
  opsetImport: { domain?: string; version: number }[];
  graph: Graph;
  functions: unknown[];
}

export interface Graph {
  name?: string;
  node: Node[];
  initializer: Tensor[];
  input: ValueInfo[];
  output: ValueInfo[];
  valueInfo: ValueInfo[];
}

export interface Node {
  name?: string;
  opType: string;
  domain?: string;
  /** An empty name is an optional input that is left out. */
  input: string[];
  output: string[];
  attribute: Attribute[];
}

export interface Attribute {
  name: string;
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: Tensor;
  g?: Graph;
  floats?: number[];
  ints?: number[];
}

export interface Tensor {
  name?: string;
  dims: number[];
  dataType: number;
  /** Little-endian. Absent when the values are in one of the other fields. */
  rawData?: Uint8Array;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: number[];
  /** 1: the values lie in a file of their own, as `externalData` says. */
  dataLocation?: number;
  externalData?: { key: string; value: string }[];
}

export interface ValueInfo {
  name: string;
  type?: { tensorType?: { elemType?: number; shape?: { dim: { dimValue?: number; dimParam?: string }[] } } };
}

let modelMessage: protobuf.Type | undefined;

function modelType(): protobuf.Type {
  modelMessage ??= protobuf.parse(ONNX_PROTO).root.lookupType('onnx.ModelProto');
  return modelMessage;
}

/** Reads a model; large tensors stay views of `bytes`. Throws an `Error` when `bytes` is no ONNX file. */
export function readModel(bytes: Uint8Array): Model {
  const type = modelType();
  const model: Partial<Model> = type.toObject(type.decode(bytes), { longs: Number, arrays: true });
  if (!model.graph || !model.irVersion || !model.opsetImport) throw new Error('not an ONNX model: it has no graph');
  return { functions: [], ...model, irVersion: model.irVersion, opsetImport: model.opsetImport, graph: model.graph };
}

export function writeModel(model: Model): Uint8Array {
  const type = modelType();
  return type.encode(type.fromObject(model)).finish();
}
