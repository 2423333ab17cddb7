// How a merged decoder runs as it was published: the straightforward loop, for models that cannot be prepared.

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime } from '../runtime.ts';
import {
  cachesOf,
  emptyCache,
  firstTokens,
  Gathering,
  readOneByOne,
  tokenColumn,
  tokenFeeds,
  tokenTensor,
  type Cache,
  type Decoder,
  type Steps,
} from './steps.ts';

const ENCODED = 'encoder_hidden_states';
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
    [ENCODED]: encoded,
    [CHOICE]: choice(false),
    ...Object.fromEntries(caches.map((cache) => [cache.past, emptyCache(cache, runtime)])),
  });
  return {
    readsAhead,
    begin: async (encoded) =>
      new PublishedSteps({ session, caches, feeds: feedsFor(encoded), withPast: choice(true), readsAhead, runtime }),
    close: () => session.release(),
  };
}

interface Parts {
  readonly session: InferenceSession;
  readonly caches: readonly Cache[];
  readonly feeds: Record<string, Tensor>;
  readonly withPast: Tensor;
  readonly readsAhead: boolean;
  readonly runtime: Awaited<ReturnType<typeof loadRuntime>>;
}

class PublishedSteps implements Steps {
  vocabularySize = 0;
  length = 0;
  readonly #parts: Parts;
  readonly #gathering: Gathering;
  #audio: Map<string, Tensor> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#gathering = new Gathering(parts.runtime);
  }

  read(tokens: readonly number[]): Promise<Float32Array> {
    const { runtime, readsAhead } = this.#parts;
    const pass = (some: readonly number[]): Promise<Float32Array> => this.#run(tokenTensor(some, runtime));
    // The branch without past is made for whole texts.
    return readsAhead || this.length === 0 ? pass(tokens) : readOneByOne(tokens, (token) => pass([token]));
  }

  branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array> {
    const { caches, feeds, runtime } = this.#parts;
    for (const { past, cross } of caches) if (!cross) feeds[past] = this.#gathering.rows(past, feeds[past]!, from);
    if (feeds[ENCODED]!.dims[0] !== from.length) this.#repeatAudio(from.length);
    return this.#run(tokenColumn(tokens, runtime));
  }

  forget(length: number): void {
    const { caches, feeds, runtime } = this.#parts;
    for (const { past, cross } of caches) if (!cross) feeds[past] = firstTokens(feeds[past]!, length, runtime);
    this.length = length;
  }

  /** Such a graph takes one batch for all its inputs. */
  #repeatAudio(times: number): void {
    const { caches, feeds } = this.#parts;
    const ofAudio = [ENCODED, ...caches.filter(({ cross }) => cross).map(({ past }) => past)];
    this.#audio ??= new Map(ofAudio.map((name) => [name, feeds[name]!]));
    const from = Array.from({ length: times }, () => 0);
    for (const [name, once] of this.#audio) feeds[name] = this.#gathering.rows(name, once, from);
  }

  async #run(tokens: Tensor): Promise<Float32Array> {
    const { session, caches, feeds, withPast, runtime } = this.#parts;
    const first = this.length === 0;
    const changing = caches.filter(({ cross }) => first || !cross);
    Object.assign(feeds, tokenFeeds(tokens, { length: this.length, session, runtime }));
    const results = await session.run(feeds, ['logits', ...changing.map(({ present }) => present)]);
    for (const { past, present } of changing) feeds[past] = results[present]!;
    feeds[CHOICE] = withPast;
    this.length += tokens.dims[1] ?? 0;
    const logits = results['logits']!;
    this.vocabularySize = logits.dims.at(-1) ?? 0;
    return logits.data as Float32Array;
  }
}
