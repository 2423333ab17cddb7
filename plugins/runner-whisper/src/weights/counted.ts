// Tells how much of the weights was read.

import { productOf, type Weights } from './weights.ts';

/** The same weights; `onRead` is told how many numbers each reading brought. */
export function counted(weights: Weights, onRead: (numbers: number) => void): Weights {
  const tensors = [...weights.tensors].map(([name, tensor]) => {
    const read: typeof tensor.read = async (rows, signal) => {
      const values = await tensor.read(rows, signal);
      onRead(values.length);
      return values;
    };
    return [name, { ...tensor, read }] as const;
  });
  return { ...weights, tensors: new Map(tensors) };
}

/** How many numbers the tensors hold whose names begin so. */
export function numbersOf({ tensors }: Pick<Weights, 'tensors'>, side: string): number {
  return [...tensors].reduce((sum, [name, { shape }]) => sum + (name.startsWith(side) ? productOf(shape) : 0), 0);
}
