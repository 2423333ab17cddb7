// Random weights as a reader gives them, without files.

import type { Weights, WeightTensor } from '../../src/weights/weights.ts';
import type { RandomModel } from './random-model.ts';

export function weightsOf(model: RandomModel): Weights {
  const tensors = [...model].map(([name, { shape, values }]): [string, WeightTensor] => {
    const rowLength = values.length / (shape[0] ?? 1);
    const read: WeightTensor['read'] = async (rows) => {
      const { from, count } = rows ?? { from: 0, count: shape[0] ?? 1 };
      return values.slice(from * rowLength, (from + count) * rowLength);
    };
    return [name, { name, shape, storedAs: 'float32', read }];
  });
  return { format: 'safetensors', path: 'random', tensors: new Map(tensors), close: async () => {} };
}
