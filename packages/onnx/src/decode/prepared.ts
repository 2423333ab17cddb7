// How a prepared decoder runs: one graph once per clip, one for each token.

import type { InferenceSession } from 'onnxruntime-node';
import { releaseAll } from '../release.ts';
import { loadRuntime } from '../runtime.ts';
import { cachesOf, exportedNames } from './caches.ts';
import { CachedSteps } from './cached.ts';
import type { Abilities, Decoder } from './steps.ts';

/** A decoder over the two graphs that `prepareDecoder` makes. It owns the sessions. */
export async function preparedDecoder(
  { once, step }: { readonly once: InferenceSession; readonly step: InferenceSession },
  abilities: Abilities,
): Promise<Decoder> {
  const runtime = await loadRuntime();
  const caches = cachesOf(step);
  return {
    multiToken: abilities.multiToken,
    begin: async (encoded) =>
      new CachedSteps({
        session: step,
        tokens: exportedNames.tokens,
        caches,
        ofClip: await once.run(encoded),
        abilities,
        runtime,
      }),
    close: () => releaseAll([() => once.release(), () => step.release()]),
  };
}
