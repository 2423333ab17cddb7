// How two programs find out that they would read the same audio in the same way.

import { createHash } from 'node:crypto';
import type { Profile } from '@voiceinput/engine';

/** The same for settings that read the same. */
export function fingerprintOf({
  profile,
  plugins,
}: {
  readonly profile: Profile;
  readonly plugins: readonly { readonly plugin: { readonly id: string }; readonly url: string }[];
}): string {
  const used = new Set([profile.vad, profile.fast, profile.refine, ...profile.post].map(({ use }) => use));
  const urls = plugins.filter(({ plugin }) => used.has(plugin.id)).map(({ url }) => url);
  return createHash('sha256')
    .update(JSON.stringify([profile, urls]))
    .digest('hex')
    .slice(0, 16);
}
