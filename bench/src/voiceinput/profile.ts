// With which settings VoiceInput is measured: those that the command itself would use.

import type { Descriptor, Profile } from '@voiceinput/engine';
import { loadPlugin } from '@voiceinput/engine';
import { fileURLToPath } from 'node:url';
import { ask } from './cli.ts';

export interface Measured {
  readonly profile?: string;
  readonly config?: string;
}

/** As options of the command. */
export function settingsOf({ profile, config }: Measured): string[] {
  return [
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(config === undefined ? [] : ['--config', config]),
  ];
}

/** The profile in force, as `voiceinput config` tells it. */
export async function profileInForce(measured: Measured): Promise<Profile> {
  const shown = await ask('config', 'show', ...settingsOf(measured));
  return (shown as { profile: Profile }).profile;
}

/** The plugins that the profile names, and the source for files. They must come with VoiceInput. */
export function pluginsOf({ vad, fast, refine, post }: Profile, signal: AbortSignal): Promise<Descriptor[]> {
  const ids = new Set(['source-file', ...[vad, fast, refine, ...post].map(({ use }) => use)]);
  const here = fileURLToPath(new URL('.', import.meta.url));
  return Promise.all([...ids].map((id) => loadPlugin(`@voiceinput/${id}`, [here], signal)));
}
