// Decides how a merged decoder runs as it was published: the straightforward loop, for models that cannot be prepared.

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime } from '../runtime.ts';
import { cachesOf, emptyCache, firstTokens, tokenTensor, type Cache, type Decoder, type Steps } from './steps.ts';

const CHOICE = 'use_cache_branch';

/** A decoder over a merged graph with the names of https://huggingface.co/docs/optimum. It owns the session. */
export async function publishedDecoder(
  session: InferenceSession,
  { readsAhead }: { readsAhead: boolean },
): Promise<Decoder> {
  const runtime = await loadRuntime();
  const caches = cachesOf(session);
  const choice = (past: boolean): Tensor => new runtime.Tensor('bool', Uint8Array.of(Number(past)), [1]);
  const feedsFor = (encoded: Tensor): Record<string, Tensor> => ({
    encoder_hidden_states: encoded,
    [CHOICE]: choice(false),
    ...Object.fromEntries(caches.map((cache) => [cache.past, emptyCache(cache, runtime)])),
  });
  return {
    readsAhead,
    begin: async (encoded) =>
      new PublishedSteps({ session, caches, feeds: feedsFor(encoded), withPast: choice(true), runtime }),
    close: () => session.release(),
  };
}

interface Parts {
  readonly session: InferenceSession;
  readonly caches: readonly Cache[];
  readonly feeds: Record<string, Tensor>;
  readonly withPast: Tensor;
  readonly runtime: Awaited<ReturnType<typeof loadRuntime>>;
}

class PublishedSteps implements Steps {
  vocabularySize = 0;
  length = 0;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(tokens: readonly number[]): Promise<Float32Array> {
    const { session, caches, feeds, withPast, runtime } = this.#parts;
    const first = this.length === 0;
    const changing = caches.filter(({ cross }) => first || !cross);
    feeds['input_ids'] = tokenTensor(tokens, runtime);
    const results = await session.run(feeds, ['logits', ...changing.map(({ present }) => present)]);
    for (const { past, present } of changing) feeds[past] = results[present]!;
    feeds[CHOICE] = withPast;
    this.length += tokens.length;
    const logits = results['logits']!;
    this.vocabularySize = logits.dims.at(-1) ?? 0;
    return logits.data as Float32Array;
  }

  forget(length: number): void {
    const { caches, feeds, runtime } = this.#parts;
    for (const { past, cross } of caches) if (!cross) feeds[past] = firstTokens(feeds[past]!, length, runtime);
    this.length = length;
  }
}
