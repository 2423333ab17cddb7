// Decides how a prepared decoder runs: one graph per clip, one per token, nothing copied that stays the same.

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime } from '../runtime.ts';
import {
  cachesOf,
  emptyCache,
  firstTokens,
  Gathering,
  tokenColumn,
  tokenTensor,
  type Cache,
  type Decoder,
  type Steps,
} from './steps.ts';

/** A decoder over the two graphs that `prepareDecoder` makes. It owns the sessions. */
export async function preparedDecoder(
  { once, step }: { readonly once: InferenceSession; readonly step: InferenceSession },
  { readsAhead }: { readsAhead: boolean },
): Promise<Decoder> {
  const runtime = await loadRuntime();
  const caches = cachesOf(step);
  const encoded = once.inputNames[0] ?? '';
  return {
    readsAhead,
    async begin(input) {
      const feeds: Record<string, Tensor> = { ...(await once.run({ [encoded]: input })) };
      for (const cache of caches) feeds[cache.past] = emptyCache(cache, runtime);
      return new PreparedSteps({ step, caches, feeds, runtime });
    },
    async close() {
      await once.release();
      await step.release();
    },
  };
}

interface Parts {
  readonly step: InferenceSession;
  readonly caches: readonly Cache[];
  readonly feeds: Record<string, Tensor>;
  readonly runtime: Awaited<ReturnType<typeof loadRuntime>>;
}

class PreparedSteps implements Steps {
  vocabularySize = 0;
  length = 0;
  readonly #parts: Parts;
  readonly #fetches: string[];
  readonly #gathering: Gathering;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#gathering = new Gathering(parts.runtime);
    this.#fetches = ['logits', ...parts.caches.map(({ present }) => present)];
  }

  read(tokens: readonly number[]): Promise<Float32Array> {
    return this.#run(tokenTensor(tokens, this.#parts.runtime));
  }

  branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array> {
    const { caches, feeds, runtime } = this.#parts;
    // What belongs to the audio stays as it is: operators stretch a batch of one over all texts.
    for (const { past } of caches) feeds[past] = this.#gathering.rows(past, feeds[past]!, from);
    return this.#run(tokenColumn(tokens, runtime));
  }

  forget(length: number): void {
    const { caches, feeds, runtime } = this.#parts;
    for (const { past } of caches) feeds[past] = firstTokens(feeds[past]!, length, runtime);
    this.length = length;
  }

  async #run(tokens: Tensor): Promise<Float32Array> {
    const { step, caches, feeds } = this.#parts;
    feeds['input_ids'] = tokens;
    const results = await step.run(feeds, this.#fetches);
    for (const { past, present } of caches) feeds[past] = results[present]!;
    this.length += tokens.dims[1] ?? 0;
    const logits = results['logits']!;
    this.vocabularySize = logits.dims.at(-1) ?? 0;
    return logits.data as Float32Array;
  }
}
