// The attention caches of a decoder graph: finding them, emptying, cutting and rearranging them.

import type * as Runtime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** An attention cache `[batch, heads, tokens, size]`, by the names of its input and its output. */
export interface Cache {
  readonly past: string;
  readonly present: string;
  /** Whether it belongs to the audio rather than to the tokens. */
  readonly cross: boolean;
  readonly heads: number;
  readonly size: number;
}

/** What a graph calls its tokens, and the output that a cache's input is fed with in the next pass. */
export interface CacheNames {
  readonly tokens: string;
  /** The name of the output, or the input's own name where it is no cache. */
  presentOf(input: string): string;
}

/** The names that exporters give (https://huggingface.co/docs/optimum). */
export const exportedNames: CacheNames = {
  tokens: 'input_ids',
  presentOf: (input) => input.replace('past_key_values', 'present'),
};

/** The caches that a graph takes and returns. */
export function cachesOf({ inputMetadata, outputNames }: InferenceSession, { presentOf } = exportedNames): Cache[] {
  return inputMetadata.flatMap((input): Cache[] => {
    const present = presentOf(input.name);
    if (!input.isTensor || present === input.name || !outputNames.includes(present)) return [];
    const [, heads, , size] = input.shape;
    if (typeof heads !== 'number' || typeof size !== 'number')
      throw new Error(`the cache ${input.name} has no fixed number of heads and head size`);
    return [{ past: input.name, present, cross: input.name.includes('.encoder.'), heads, size }];
  });
}

/** A cache without tokens. */
export function emptyCache({ heads, size }: Cache, { Tensor }: typeof Runtime): Tensor {
  return new Tensor('float32', new Float32Array(0), [1, heads, 0, size]);
}

/** A cache cut to its first `length` tokens. */
export function firstTokens({ dims, data }: Tensor, length: number, { Tensor }: typeof Runtime): Tensor {
  const [batch = 0, heads = 0, tokens = 0, size = 0] = dims;
  const from = data as Float32Array;
  const to = new Float32Array(batch * heads * length * size);
  for (let head = 0; head < batch * heads; head++) {
    to.set(from.subarray(head * tokens * size, (head * tokens + length) * size), head * length * size);
  }
  return new Tensor('float32', to, [batch, heads, length, size]);
}

/** Copies caches from one batch to another, into memory kept for each; whatever it returned before is overwritten. */
export class BatchRows {
  readonly #runtime: typeof Runtime;
  readonly #memory = new Map<string, Float32Array>();

  constructor(runtime: typeof Runtime) {
    this.#runtime = runtime;
  }

  /** The rows `from` of a cache. A cache that already has exactly these rows is returned as it is. */
  pick(name: string, cache: Tensor, from: readonly number[]): Tensor {
    const [batch = 0, ...shape] = cache.dims;
    if (from.length === batch && from.every((row, index) => row === index)) return cache;
    const data = cache.data as Float32Array;
    const width = data.length / batch;
    const to = this.#memoryFor(name, from.length * width).subarray(0, from.length * width);
    from.forEach((row, index) => to.set(data.subarray(row * width, (row + 1) * width), index * width));
    return new this.#runtime.Tensor('float32', to, [from.length, ...shape]);
  }

  #memoryFor(name: string, length: number): Float32Array {
    const kept = this.#memory.get(name);
    if (kept !== undefined && kept.length >= length) return kept;
    // A text grows token by token: room for as many again spares most of the copies that would follow.
    const fresh = new Float32Array(2 * length);
    this.#memory.set(name, fresh);
    return fresh;
  }
}
