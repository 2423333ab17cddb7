// Refuses weights with which nothing could be heard: numbers that are none, or infinite.

import { unusable } from './binary-file.ts';
import type { Weights, WeightTensor } from './weights.ts';

/** The same weights; reading such numbers rejects with `ERR_MODEL_FORMAT` that names the tensor. */
export function finite(weights: Weights): Weights {
  const tensors = [...weights.tensors].map(([name, tensor]) => {
    const read: WeightTensor['read'] = async (rows, signal) => {
      const values = await tensor.read(rows, signal);
      // Floats are too small for a sum of doubles to overflow, and nothing brings it back to a number.
      if (Number.isFinite(values.reduce((sum, value) => sum + value, 0))) return values;
      const hint = 'Its training went wrong, or it was converted into a form whose range is too small.';
      throw unusable(weights.path, `${name} holds numbers that are none, or infinite`, { hint });
    };
    return [name, { ...tensor, read }] as const;
  });
  return { ...weights, tensors: new Map(tensors) };
}
