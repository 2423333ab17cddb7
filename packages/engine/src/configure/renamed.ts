// Keys of a configuration that are called something else now: they go on working, and their new names are told.

import { isObject } from './object.ts';

/** By their new names, in a profile and in its `segments`. */
const PROFILE = { sureMeanLogProb: 'skipRefineAboveLogProb' };
const SEGMENTS = { easyMs: 'softMaxMs', shortPauseMs: 'minPauseMs' };

/**
 * `configuration` with the names of today; where both are written, the new one counts. `onRenamed` is called with a
 * sentence about each old one. What is no configuration at all stays as it is.
 */
export function withNewNames(configuration: unknown, onRenamed: (sentence: string) => void): unknown {
  if (!isObject(configuration) || !isObject(configuration['profiles'])) return configuration;
  const profiles = Object.entries(configuration['profiles']).map(([name, profile]) => {
    if (!isObject(profile)) return [name, profile];
    const path = `profiles.${name}`;
    const renamed = rename(profile, { names: PROFILE, path, onRenamed });
    const { segments } = renamed;
    if (!isObject(segments)) return [name, renamed];
    return [name, { ...renamed, segments: rename(segments, { names: SEGMENTS, path: `${path}.segments`, onRenamed }) }];
  });
  return { ...configuration, profiles: Object.fromEntries(profiles) as unknown };
}

interface Renaming {
  readonly names: Readonly<Record<string, string>>;
  readonly path: string;
  readonly onRenamed: (sentence: string) => void;
}

function rename(values: Record<string, unknown>, { names, path, onRenamed }: Renaming): Record<string, unknown> {
  const renamed = Object.entries(values).flatMap(([key, value]) => {
    const name = Object.hasOwn(names, key) ? names[key] : undefined;
    if (name === undefined) return [[key, value]];
    onRenamed(`${path}.${key} is called ${path}.${name} now; the old name still works.`);
    return Object.hasOwn(values, name) ? [] : [[name, value]];
  });
  return Object.fromEntries(renamed) as Record<string, unknown>;
}
