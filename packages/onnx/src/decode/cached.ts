// How a decoder graph with caches runs: tokens and past in, logits and the new past out.

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime } from '../runtime.ts';
import { BatchRows, cachesOf, emptyCache, exportedNames, firstTokens, type Cache, type CacheNames } from './caches.ts';
import type { Abilities, Attention, Decoder, Encoded, Steps } from './steps.ts';

const LOGITS = 'logits';
/** What newer exporters ask for: the places in the text of the tokens that are read now. */
const PLACES = 'cache_position';
/** Cross-attention weights `[batch, heads, tokens, frames]`, of the heads that follow the audio. */
const ALIGNMENT = 'alignment';

/**
 * A decoder over one graph without branches: tokens and past caches in, `logits` of every token and present caches out,
 * `alignment` if it has that. All other inputs are fed with what the encoder gave under the same name.
 * Default of `names`: those of optimum's exports. It owns the session.
 */
export async function cachedDecoder(
  session: InferenceSession,
  { names = exportedNames, ...abilities }: Abilities & { readonly names?: CacheNames },
): Promise<Decoder> {
  const runtime = await loadRuntime();
  const caches = cachesOf(session, names);
  return {
    multiToken: abilities.multiToken,
    begin: async (encoded) =>
      new CachedSteps({ session, tokens: names.tokens, caches, ofClip: encoded, abilities, runtime }),
    close: () => session.release(),
  };
}

export interface CachedParts {
  readonly session: InferenceSession;
  /** The input that takes the tokens. */
  readonly tokens: string;
  /** The caches of the tokens, which grow. */
  readonly caches: readonly Cache[];
  /** What the graph is fed with besides tokens and caches, the same in every pass. */
  readonly ofClip: Encoded;
  readonly abilities: Abilities;
  readonly runtime: Awaited<ReturnType<typeof loadRuntime>>;
  /** For a graph whose first pass gives something that later passes are fed with. That pass reads all its tokens at once. */
  readonly opening?: {
    readonly fetches: readonly string[];
    /** What belongs to the clip from then on. */
    ofClip(results: Encoded): Encoded;
  };
}

/** One clip's text, or several beside each other. */
export class CachedSteps implements Steps {
  vocabularySize = 0;
  length = 0;
  attention: Attention | undefined;
  readonly #parts: CachedParts;
  readonly #rows: BatchRows;
  readonly #fetches: readonly string[];
  readonly #asksForPlaces: boolean;
  /** What every pass is fed with. It is changed from pass to pass, since making it anew costs time in each of them. */
  readonly #feeds: Record<string, Tensor>;
  #ofClip: Encoded;
  #texts = 1;

  constructor(parts: CachedParts) {
    const { session, caches, runtime } = parts;
    this.#parts = parts;
    this.#rows = new BatchRows(runtime);
    this.#ofClip = parts.ofClip;
    this.#feeds = { ...parts.ofClip };
    for (const cache of caches) this.#feeds[cache.past] = emptyCache(cache, runtime);
    const alignment = session.outputNames.includes(ALIGNMENT) ? [ALIGNMENT] : [];
    this.#fetches = [LOGITS, ...caches.map(({ present }) => present), ...alignment];
    this.#asksForPlaces = session.inputNames.includes(PLACES);
  }

  async read(tokens: readonly number[]): Promise<Float32Array> {
    const atOnce = this.#parts.abilities.multiToken || (this.#parts.opening !== undefined && this.length === 0);
    if (atOnce || tokens.length === 1) return this.#run(tokens, [1, tokens.length]);
    const rows: Float32Array[] = [];
    const attention: Attention[] = [];
    for (const token of tokens) {
      rows.push(await this.#run([token], [1, 1]));
      if (this.attention) attention.push(this.attention);
    }
    this.attention = byToken(attention);
    return joined(rows);
  }

  branch(from: readonly number[], tokens: readonly number[]): Promise<Float32Array> {
    if (!this.#parts.abilities.broadcastsEncoder && this.#texts !== from.length) this.#repeatClip(from.length);
    this.#texts = from.length;
    for (const { past } of this.#parts.caches) this.#feeds[past] = this.#rows.pick(past, this.#feeds[past]!, from);
    return this.#run(tokens, [tokens.length, 1]);
  }

  forget(length: number): void {
    const { caches, runtime } = this.#parts;
    for (const { past } of caches) this.#feeds[past] = firstTokens(this.#feeds[past]!, length, runtime);
    this.length = length;
  }

  #repeatClip(texts: number): void {
    const from = Array.from({ length: texts }, () => 0);
    for (const [name, once] of Object.entries(this.#ofClip)) {
      const perText = once.type === 'float32' && once.dims.length > 1 && once.dims[0] === 1;
      if (perText) this.#feeds[name] = this.#rows.pick(name, once, from);
    }
  }

  async #run(tokens: readonly number[], dims: [texts: number, tokens: number]): Promise<Float32Array> {
    const { session, caches, opening } = this.#parts;
    this.#setTokens(tokens, dims);
    const results =
      opening && this.length === 0
        ? this.#opened(await session.run(this.#feeds, [...this.#fetches, ...opening.fetches]), opening)
        : await session.run(this.#feeds, this.#fetches);
    for (const { past, present } of caches) this.#feeds[past] = results[present]!;
    this.attention = attentionOf(results[ALIGNMENT]);
    this.length += dims[1];
    const logits = results[LOGITS]!;
    this.vocabularySize = logits.dims.at(-1) ?? 0;
    return logits.data as Float32Array;
  }

  #opened(results: Encoded, { ofClip }: NonNullable<CachedParts['opening']>): Encoded {
    this.#ofClip = ofClip(results);
    Object.assign(this.#feeds, this.#ofClip);
    return results;
  }

  #setTokens(tokens: readonly number[], dims: [texts: number, tokens: number]): void {
    const { tokens: input, runtime } = this.#parts;
    this.#feeds[input] = new runtime.Tensor('int64', BigInt64Array.from(tokens, BigInt), dims);
    if (!this.#asksForPlaces) return;
    const places = BigInt64Array.from({ length: dims[1] }, (_, index) => BigInt(this.length + index));
    this.#feeds[PLACES] = new runtime.Tensor('int64', places, [dims[1]]);
  }
}

function attentionOf(alignment: Tensor | undefined): Attention | undefined {
  if (!alignment) return undefined;
  const [, heads = 0, , frames = 0] = alignment.dims;
  return { weights: alignment.data as Float32Array, heads, frames };
}

/** The attention of one text, read token by token, as that of one pass. */
function byToken(passes: readonly Attention[]): Attention | undefined {
  const [first] = passes;
  if (!first) return undefined;
  const { heads, frames } = first;
  const weights = new Float32Array(heads * passes.length * frames);
  for (const [token, pass] of passes.entries()) {
    for (let head = 0; head < heads; head++) {
      weights.set(pass.weights.subarray(head * frames, (head + 1) * frames), (head * passes.length + token) * frames);
    }
  }
  return { weights, heads, frames };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(size * rows.length);
  rows.forEach((row, index) => all.set(row, index * size));
  return all;
}
