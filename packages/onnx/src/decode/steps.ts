// What a decoding loop needs of a model: tokens in, logits out, and the way back.

import type * as Runtime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** A decoder at work on one clip: on one text, until it branches. Calls come one at a time. */
export interface Steps {
  /** The length of a row of logits; known after the first `read`. */
  readonly vocabularySize: number;
  /** How many tokens it has read. */
  readonly length: number;
  /** Reads tokens, in one pass where that is the same. Gives the logits of what follows each, row by row; the caller owns them. */
  read(tokens: readonly number[]): Promise<Float32Array>;
  /** Forgets all but the first `length` tokens, at least one. */
  forget(length: number): void;
  /**
   * Goes on with several texts at once, one token each: the new text `i` is what the text `from[i]` was, and `tokens[i]`.
   * Gives the logits of what follows each, row by row; the caller owns them. After it neither `read` nor `forget` may
   * be called.
   */
  branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array>;
}

/** A decoder with its sessions. */
export interface Decoder {
  /** Whether several tokens read at once give what they give one by one. Else proposals do not pay: each token takes a pass. */
  readonly readsAhead: boolean;
  /** Begins a clip. `encoded` is the encoder's output; it is only read. */
  begin(encoded: Tensor): Promise<Steps>;
  close(): Promise<void>;
}

/** An attention cache `[batch, heads, tokens, size]`, by the names of its input and its output. */
export interface Cache {
  readonly past: string;
  readonly present: string;
  /** Whether it belongs to the audio and not to the tokens. */
  readonly cross: boolean;
  readonly heads: number;
  readonly size: number;
}

/** The caches that a graph takes and gives again; names as exporters write them (https://huggingface.co/docs/optimum). */
export function cachesOf({ inputMetadata, outputNames }: InferenceSession): Cache[] {
  return inputMetadata.flatMap((input): Cache[] => {
    const present = input.name.replace('past_key_values', 'present');
    if (!input.isTensor || present === input.name || !outputNames.includes(present)) return [];
    const [, heads, , size] = input.shape;
    if (typeof heads !== 'number' || typeof size !== 'number')
      throw new Error(`the cache ${input.name} has no fixed head size`);
    return [{ past: input.name, present, cross: input.name.includes('.encoder.'), heads, size }];
  });
}

export function emptyCache({ heads, size }: Cache, { Tensor }: typeof Runtime): Tensor {
  return new Tensor('float32', new Float32Array(0), [1, heads, 0, size]);
}

/** What newer exporters want to be told: the places in the text of the tokens that are read now. */
const PLACES = 'cache_position';

/** What a pass is fed besides caches: tokens, and their places where the graph asks for them. */
export function tokenFeeds(
  tokens: Tensor,
  { length, session, runtime }: { length: number; session: InferenceSession; runtime: typeof Runtime },
): Record<string, Tensor> {
  if (!session.inputNames.includes(PLACES)) return { input_ids: tokens };
  const count = tokens.dims[1] ?? 0;
  const places = BigInt64Array.from({ length: count }, (_, index) => BigInt(length + index));
  return { input_ids: tokens, [PLACES]: new runtime.Tensor('int64', places, [count]) };
}

/** The logits of all tokens, each read in a pass of its own. */
export async function readOneByOne(
  tokens: readonly number[],
  read: (token: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  let logits = new Float32Array(0);
  for (const [index, token] of tokens.entries()) {
    const row = await read(token);
    if (index === 0) logits = new Float32Array(row.length * tokens.length);
    logits.set(row, index * row.length);
  }
  return logits;
}

export function tokenTensor(tokens: readonly number[], { Tensor }: typeof Runtime): Tensor {
  return new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length]);
}

/** One token for each of several texts. */
export function tokenColumn(tokens: readonly number[], { Tensor }: typeof Runtime): Tensor {
  return new Tensor('int64', BigInt64Array.from(tokens, BigInt), [tokens.length, 1]);
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

/** Copies caches from one batch to another, into memory that it keeps for each; whatever it gave before is overwritten. */
export class Gathering {
  readonly #runtime: typeof Runtime;
  readonly #memory = new Map<string, Float32Array>();

  constructor(runtime: typeof Runtime) {
    this.#runtime = runtime;
  }

  /** The rows `from` of a cache. A cache that has just these rows is given as it is. */
  rows(name: string, cache: Tensor, from: readonly number[]): Tensor {
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
