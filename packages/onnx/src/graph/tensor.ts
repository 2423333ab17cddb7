// How the values of constants are read and written.

import type { Tensor } from './model.ts';
import { elementType } from './schema.ts';

/** The values of a small constant as plain numbers, or undefined for other element types. Booleans are 0 and 1. */
export function valuesOf(tensor: Tensor): number[] | undefined {
  const { dataType, rawData } = tensor;
  if (tensor.dataLocation) return undefined;
  if (!rawData || rawData.byteLength === 0) {
    const listed =
      dataType === elementType.float
        ? tensor.floatData
        : dataType === elementType.int64
          ? tensor.int64Data
          : tensor.int32Data;
    return listed && listed.length === elementCount(tensor) ? [...listed] : elementCount(tensor) === 0 ? [] : undefined;
  }
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const read = readers[dataType];
  if (!read) return undefined;
  return Array.from({ length: elementCount(tensor) }, (_, index) => read(view, index));
}

const readers: Record<number, (view: DataView, index: number) => number> = {
  [elementType.float]: (view, index) => view.getFloat32(index * 4, true),
  [elementType.int32]: (view, index) => view.getInt32(index * 4, true),
  [elementType.int64]: (view, index) => Number(view.getBigInt64(index * 8, true)),
  [elementType.uint8]: (view, index) => view.getUint8(index),
  [elementType.int8]: (view, index) => view.getInt8(index),
  [elementType.bool]: (view, index) => view.getUint8(index),
};

/** The bytes of an 8-bit tensor, or undefined when it is none or lies outside of the file. Not a copy. */
export function bytesOf(tensor: Tensor): Uint8Array | undefined {
  if (tensor.dataLocation) return undefined;
  if (tensor.rawData && tensor.rawData.byteLength === elementCount(tensor)) return tensor.rawData;
  if (tensor.int32Data?.length === elementCount(tensor)) return Uint8Array.from(tensor.int32Data);
  return undefined;
}

export const elementCount = ({ dims }: Tensor): number => dims.reduce((product, dim) => product * dim, 1);

export function int64Tensor(name: string, dims: number[], values: readonly number[]): Tensor {
  const int64s = BigInt64Array.from(values, (value) => (value >= 2 ** 63 ? 2n ** 63n - 1n : BigInt(value)));
  return { name, dims, dataType: elementType.int64, rawData: new Uint8Array(int64s.buffer) };
}

export function floatTensor(name: string, dims: number[], values: ArrayLike<number>): Tensor {
  return { name, dims, dataType: elementType.float, rawData: new Uint8Array(Float32Array.from(values).buffer) };
}

export function byteTensor(name: string, dims: number[], type: 'uint8' | 'int8', bytes: Uint8Array): Tensor {
  return { name, dims, dataType: elementType[type], rawData: bytes };
}
