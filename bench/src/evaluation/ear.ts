// How the bench finds speech: with the voice detector of the profile that is measured.

import type { Profile } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import type { Mark, Plugin } from '@voiceinput/plugin-api';
import { pluginsOf } from '../voiceinput/profile.ts';

export interface Ear {
  /** A mark for each whole window of the samples. */
  marksOf(samples: Float32Array): Promise<readonly Mark[]>;
  close(): Promise<void>;
}

export async function openEar(profile: Profile, signal: AbortSignal): Promise<Ear> {
  const { use, options } = profile.vad;
  const plugins = await pluginsOf(profile, signal);
  const plugin = plugins.map(({ plugin }) => plugin).find(({ id }) => id === use) as Plugin<'vad', unknown>;
  const context = {
    pluginId: use,
    models: openModelStore({ plugins }),
    prepare: <T>(work: () => Promise<T>) => work(),
    log: () => undefined,
    warn: () => undefined,
  };
  const vad = await plugin.create(options, context, signal);
  return {
    async marksOf(samples) {
      const stream = await vad.listen(signal);
      try {
        return await stream.push({ samples, startSample: 0 }, signal);
      } finally {
        await stream.close();
      }
    },
    close: () => vad.close(),
  };
}
