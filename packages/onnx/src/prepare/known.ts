// What can be known about a value before a graph runs.

import type { Tensor } from '../graph/model.ts';
import { elementType } from '../graph/schema.ts';
import { elementCount, valuesOf } from '../graph/tensor.ts';
import type { Size } from './symbols.ts';

/** What is known about one value. */
export interface Known {
  readonly type?: number | undefined;
  readonly dims?: readonly Size[] | undefined;
  /** The elements in order, when there are few. Booleans are 0 and 1. */
  readonly elements?: readonly Size[] | undefined;
}

/** More elements than this are never followed one by one. */
export const FEW = 64;

export function constant(tensor: Tensor): Known {
  const known = { type: tensor.dataType, dims: tensor.dims };
  return elementCount(tensor) > FEW ? known : { ...known, elements: valuesOf(tensor) };
}

export const isWhole = (type: number | undefined): boolean => type === elementType.int64 || type === elementType.int32;
