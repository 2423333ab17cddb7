// How the daemon finally dictates: the built-in settings, changed by the configuration, checked against its plugins.

import type { Plugin } from '@voiceinput/plugin-api';
import { completeChoice, keepOptions } from './choice.ts';
import type { Configuration } from './configuration.ts';
import type { DictationSettings } from './dictation.ts';
import type { PartChoice } from './profile.ts';
import { merge } from './resolve.ts';

/** Throws `ERR_PLUGIN_NOT_FOUND`, `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`. */
export function resolveDictation(
  configuration: Configuration,
  { builtIn, plugins, origin }: { builtIn: DictationSettings; plugins: readonly Plugin[]; origin: string },
): DictationSettings {
  const { dictation = {} } = configuration;
  const base = {
    ...builtIn,
    source: keepOptions(builtIn.source, dictation.source),
    sink: keepOptions(builtIn.sink, dictation.sink),
  };
  const merged = merge(base, dictation) as DictationSettings;
  const check = (kind: 'source' | 'sink'): PartChoice =>
    completeChoice(merged[kind], { kind, plugins, origin, path: `dictation.${kind}` });
  return { ...merged, source: check('source'), sink: check('sink') };
}
