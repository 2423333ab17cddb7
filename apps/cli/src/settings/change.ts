// What a change of the user's own file comes to: whether the daemon would take it, and what counts without it.

import { profileNames } from '@voiceinput/engine/configure';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { JSONPath } from 'jsonc-parser';
import { loadSettings, profileOf } from './settle.ts';
import type { Settings } from './settle.ts';

/** Everything that a file could say at `path`, as it is in force. Throws as `profileOf` does, where that is in a profile. */
export function valuesInForce(path: JSONPath, loaded: Omit<Settings, 'profile'>): object {
  const { configuration, dictation } = loaded;
  const [first, name] = path;
  const defaults = { hybrid: true, profile: 'default', dictation };
  if (first !== 'profiles' || typeof name !== 'string') return defaults;
  return profileNames(configuration).includes(name) ? { profiles: { [name]: profileOf(loaded, name) } } : {};
}

/**
 * Checks what the user's file would say. Gives that a model is missing, which is no mistake. Rejects with `ERR_CONFIG_…`,
 * `ERR_PLUGIN_…` or `ERR_PROFILE_UNKNOWN` for what the daemon would refuse.
 */
export async function checkUserText(userText: string, signal: AbortSignal): Promise<VoiceInputError | undefined> {
  const loaded = await loadSettings({ includeWorkingDirectory: false, userText }, signal);
  const { profile } = loaded.configuration;
  let missing: VoiceInputError | undefined;
  for (const name of new Set([...profileNames(loaded.configuration), ...(profile === undefined ? [] : [profile])])) {
    try {
      profileOf(loaded, name);
    } catch (error) {
      if (!isVoiceInputError(error) || error.code !== 'ERR_MODEL_MISSING') throw error;
      missing ??= error;
    }
  }
  return missing;
}
