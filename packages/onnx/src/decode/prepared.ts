// How a prepared decoder runs: one graph per clip, one per token, nothing copied that stays the same.

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

/** What was found out about the graphs by running them. */
export interface Abilities {
  /** Whether several tokens may be read at once. */
  readonly readsAhead: boolean;
  /** Whether its operators stretch what belongs to one clip over several texts; else it is repeated for each. */
  readonly stretches: boolean;
}

/** A decoder over the two graphs that `prepareDecoder` makes. It owns the sessions. */
export async function preparedDecoder(
  { once, step }: { readonly once: InferenceSession; readonly step: InferenceSession },
  abilities: Abilities,
): Promise<Decoder> {
  const runtime = await loadRuntime();
  const caches = cachesOf(step);
  const encoded = once.inputNames[0] ?? '';
  return {
    readsAhead: abilities.readsAhead,
    async begin(input) {
      const ofClip: Record<string, Tensor> = { ...(await once.run({ [encoded]: input })) };
      const feeds = { ...ofClip };
      for (const cache of caches) feeds[cache.past] = emptyCache(cache, runtime);
      return new PreparedSteps({ step, caches, feeds, ofClip, runtime, abilities });
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
  readonly ofClip: Readonly<Record<string, Tensor>>;
  readonly abilities: Abilities;
  readonly runtime: Awaited<ReturnType<typeof loadRuntime>>;
}

class PreparedSteps implements Steps {
  vocabularySize = 0;
  length = 0;
  readonly #parts: Parts;
  readonly #fetches: string[];
  readonly #gathering: Gathering;
  #texts = 1;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#gathering = new Gathering(parts.runtime);
    this.#fetches = ['logits', ...parts.caches.map(({ present }) => present)];
  }

  read(tokens: readonly number[]): Promise<Float32Array> {
    const { runtime, abilities } = this.#parts;
    const pass = (some: readonly number[]): Promise<Float32Array> => this.#run(tokenTensor(some, runtime));
    return abilities.readsAhead ? pass(tokens) : readOneByOne(tokens, (token) => pass([token]));
  }

  branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array> {
    const { caches, feeds, runtime, abilities } = this.#parts;
    if (!abilities.stretches && this.#texts !== from.length) this.#repeatClip(from.length);
    for (const { past } of caches) feeds[past] = this.#gathering.rows(past, feeds[past]!, from);
    return this.#run(tokenColumn(tokens, runtime));
  }

  forget(length: number): void {
    const { caches, feeds, runtime } = this.#parts;
    for (const { past } of caches) feeds[past] = firstTokens(feeds[past]!, length, runtime);
    this.length = length;
  }

  #repeatClip(texts: number): void {
    const { feeds, ofClip } = this.#parts;
    const from = Array.from({ length: texts }, () => 0);
    for (const [name, once] of Object.entries(ofClip)) {
      const perText = once.type === 'float32' && once.dims.length > 1 && once.dims[0] === 1;
      if (perText) feeds[name] = this.#gathering.rows(name, once, from);
    }
    this.#texts = texts;
  }

  async #run(tokens: Tensor): Promise<Float32Array> {
    const { step, caches, feeds, runtime } = this.#parts;
    Object.assign(feeds, tokenFeeds(tokens, { length: this.length, session: step, runtime }));
    const results = await step.run(feeds, this.#fetches);
    for (const { past, present } of caches) feeds[past] = results[present]!;
    this.length += tokens.dims[1] ?? 0;
    const logits = results['logits']!;
    this.vocabularySize = logits.dims.at(-1) ?? 0;
    return logits.data as Float32Array;
  }
}
