// What a profile finally is: the built-in one, changed by the configuration, checked against its plugins, frozen.

import type { Plugin } from '@voiceinput/plugin-api';
import { nearestOf, VoiceInputError } from '@voiceinput/plugin-api';
import { chooseRunners } from './by-language.ts';
import type { ChosenRunners } from './by-language.ts';
import { completeChoice, keepOptions } from './choice.ts';
import type { Configuration } from './configuration.ts';
import { isObject } from './object.ts';
import { lastSpoken } from './language.ts';
import type { Spoken } from './language.ts';
import type { BuiltInProfile, PartChoice, Profile, ProfileChanges } from './profile.ts';
import { withReplacements } from './replacements.ts';
import { withinLongestClip, withThresholds } from './measured.ts';

export interface ProfileRequest {
  readonly configuration: Configuration;
  /** Absent: the one that the configuration names, else `default`. */
  readonly name?: string;
  /** Where everything that a configuration leaves out comes from. */
  readonly builtIn: BuiltInProfile;
  readonly plugins: readonly Plugin[];
  /** The configuration's file, for messages. */
  readonly origin: string;
}

/** The names of all profiles that a configuration gives. */
export function profileNames(configuration: Configuration): string[] {
  return [...new Set(['default', ...Object.keys(configuration.profiles ?? {})])];
}

/** `over` laid over `under`: a later file changes single keys of an earlier one; lists are replaced. */
export function layConfiguration(under: Configuration, over: Configuration): Configuration {
  const merged = merge(under, over) as Configuration;
  const laid = withSpoken(merged, under, over);
  return merged.profiles === undefined ? laid : { ...laid, profiles: profilesOf(merged.profiles, under, over) };
}

/** `language` and `languages` are two ways to say one thing: a layer that says either replaces both. */
function withSpoken<T extends Spoken>({ language: _one, languages: _several, ...rest }: T, ...layers: Spoken[]): T {
  return { ...rest, ...lastSpoken(...layers) } as T;
}

type Profiles = NonNullable<Configuration['profiles']>;

function profilesOf(profiles: Profiles, ...layers: Configuration[]): Profiles {
  return Object.fromEntries(
    Object.entries(profiles).map(([name, changes]) => [
      name,
      withSpoken(changes, ...layers.map((layer) => layer.profiles?.[name] ?? {})),
    ]),
  );
}

/** Throws `ERR_PROFILE_UNKNOWN`, `ERR_PLUGIN_NOT_FOUND`, `ERR_CONFIG_UNKNOWN_KEY` or `ERR_CONFIG_INVALID`. */
export function resolveProfile({ configuration, builtIn, plugins, origin, ...request }: ProfileRequest): Profile {
  const name = request.name ?? configuration.profile ?? 'default';
  const names = profileNames(configuration);
  if (!names.includes(name)) {
    const nearest = nearestOf(name, names);
    throw new VoiceInputError('ERR_PROFILE_UNKNOWN', `There is no profile "${name}"; known: ${names.join(', ')}.`, {
      ...(nearest !== undefined && { hint: `Did you mean "${nearest}"?` }),
    });
  }
  const { hybrid, words } = configuration;
  const top: ProfileChanges = {
    ...(hybrid !== undefined && { hybrid }),
    ...(words !== undefined && { words }),
  };
  const written = configuration.profiles?.[name] ?? {};
  const spoken = lastSpoken(builtIn, configuration, written);
  const { refineFor, replacements, ...changes } = chooseRunners(written, spoken, plugins);
  const { replacing, ...begun } = withoutReplacedOptions(builtIn, changes);
  const base = merge(merge(begun, top), changes) as BuiltInProfile;
  const merged = withSpoken(base, spoken);
  const replaced = { ...configuration.replacements, ...replacements };
  const check = (choice: Partial<PartChoice>, kind: Plugin['kind'], path: string): PartChoice =>
    completeChoice(choice, { kind, plugins, origin, path: `profiles.${name}.${path}` });
  const chosen = {
    ...merged,
    name,
    vad: check(merged.vad, 'vad', 'vad'),
    fast: check(merged.fast, 'runner', 'fast'),
    refine: check(merged.refine, 'runner', 'refine'),
    ...(refineFor && {
      refineFor: refineFor.map(({ languages, ...choice }, index) => ({
        ...check(choice, 'runner', `refine[${index}]`),
        languages,
      })),
    }),
    ...(merged.judge && { judge: check(merged.judge, 'judge', 'judge') }),
    post: withReplacements({ post: merged.post, replacing, replacements: replaced }).map((choice, index) =>
      check(choice, 'postprocessor', `post[${index}]`),
    ),
  };
  return deepFreeze(withinLongestClip(withThresholds(chosen, plugins), plugins));
}

function withoutReplacedOptions(builtIn: BuiltInProfile, changes: ChosenRunners): BuiltInProfile {
  return {
    ...builtIn,
    vad: keepOptions(builtIn.vad, changes.vad),
    fast: keepOptions(builtIn.fast, changes.fast),
    refine: keepOptions(builtIn.refine, changes.refine),
    ...(builtIn.judge && { judge: keepOptions(builtIn.judge, changes.judge) }),
  };
}

/** `over` laid over `under`, key by key; lists are replaced. */
export function merge(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over;
  const changed = Object.entries(over).map(([key, value]) => [
    key,
    Object.hasOwn(under, key) ? merge(under[key], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(under), ...changed]);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
