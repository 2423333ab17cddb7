// How a merged decoder runs as it was published, for models that cannot be prepared.

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime } from '../runtime.ts';
import { cachesOf, emptyCache, exportedNames } from './caches.ts';
import { CachedSteps } from './cached.ts';
import type { Decoder } from './steps.ts';

const CHOICE = 'use_cache_branch';

/** A decoder over a merged graph with the names of https://huggingface.co/docs/optimum. It owns the session. */
export async function publishedDecoder(
  session: InferenceSession,
  { multiToken }: { multiToken: boolean },
): Promise<Decoder> {
  const runtime = await loadRuntime();
  const all = cachesOf(session);
  const ofAudio = all.filter(({ cross }) => cross);
  const caches = all.filter(({ cross }) => !cross);
  const choice = (past: boolean): Tensor => new runtime.Tensor('bool', Uint8Array.of(Number(past)), [1]);
  const emptyAudio = Object.fromEntries(ofAudio.map((cache) => [cache.past, emptyCache(cache, runtime)]));
  return {
    multiToken,
    begin: async (encoded) =>
      new CachedSteps({
        session,
        tokens: exportedNames.tokens,
        caches,
        ofClip: { ...encoded, ...emptyAudio, [CHOICE]: choice(false) },
        // Such a graph takes one batch size for all its inputs.
        abilities: { multiToken, broadcastsEncoder: false },
        runtime,
        // The branch without past reads whole texts and computes the caches of the audio.
        opening: {
          fetches: ofAudio.map(({ present }) => present),
          ofClip: (results) => ({
            ...encoded,
            ...Object.fromEntries(ofAudio.map(({ past, present }) => [past, results[present]!])),
            [CHOICE]: choice(true),
          }),
        },
      }),
    close: () => session.release(),
  };
}
