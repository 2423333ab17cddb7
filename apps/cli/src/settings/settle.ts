// What is in force: which configuration files, which plugins, which profile.

import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Configuration, Descriptor, DictationSettings, Profile } from '@voiceinput/engine';
import {
  checkConfiguration,
  layConfiguration,
  loadPlugin,
  readConfiguration,
  refuseUnheard,
  resolveDictation,
  resolveProfile,
} from '@voiceinput/engine/configure';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { builtInDictation } from '../built-in/dictation.ts';
import { builtInPlugins } from '../built-in/plugins.ts';
import { builtInProfile } from '../built-in/profile.ts';
import { FOLDER_CONFIGURATION, userConfigurationFile, userPluginFolder } from './folders.ts';
import { installedModels, lanesOf } from './lanes.ts';

/** Deeper than anybody nests options; what checks and merges them calls itself for each level. */
const MOST_LEVELS = 64;

export interface SettingsRequest {
  /** A configuration file that the user named; the others do not count then. */
  readonly config?: string;
  readonly profile?: string;
  /** `false` overrides every configuration. */
  readonly hybrid?: boolean;
  /** Whether a configuration in the current folder counts. Default: true; a daemon has no folder. */
  readonly includeWorkingDirectory?: boolean;
  /** What the user's own file would say; it is not looked at then. */
  readonly userText?: string;
}

export interface Settings {
  readonly configuration: Configuration;
  /** The files that are in force, the strongest last. */
  readonly files: readonly string[];
  readonly plugins: readonly (Descriptor & { readonly origin: string })[];
  readonly profile: Profile;
  /** How a daemon dictates. */
  readonly dictation: DictationSettings;
  /** The models that may be chosen for languages and were here when this was read, or what was imported in their place. */
  readonly installed: ReadonlyMap<string, string>;
}

interface Layer {
  readonly file: string;
  readonly configuration: Configuration;
}

/** Rejects with `ERR_CONFIG_…`, `ERR_PROFILE_UNKNOWN`, `ERR_MODEL_MISSING` or `ERR_PLUGIN_…`. */
export async function settle(request: SettingsRequest, signal: AbortSignal): Promise<Settings> {
  const loaded = await loadSettings(request, signal);
  return { ...loaded, profile: profileOf(loaded, request.profile, request.hybrid) };
}

/** All of it but the profile: also when no model that is here fits it. Rejects with `ERR_CONFIG_…` or `ERR_PLUGIN_…`. */
export async function loadSettings(request: SettingsRequest, signal: AbortSignal): Promise<Omit<Settings, 'profile'>> {
  return settingsOf(await readLayers(request, signal), signal);
}

/** The same as where no configuration file is there. */
export const builtInSettings = (signal: AbortSignal): Promise<Omit<Settings, 'profile'>> => settingsOf([], signal);

async function settingsOf(layers: readonly Layer[], signal: AbortSignal): Promise<Omit<Settings, 'profile'>> {
  const plugins: { plugin: Descriptor['plugin']; url: string; origin: string }[] = [];
  for (const descriptor of await builtInPlugins()) plugins.push({ ...descriptor, origin: 'built in' });
  for (const { file, configuration } of layers) {
    for (const specifier of configuration.plugins ?? []) {
      const descriptor = await loadPlugin(specifier, [dirname(file), userPluginFolder()], signal);
      refuseDuplicate(descriptor, plugins, specifier);
      plugins.push({ ...descriptor, origin: specifier });
    }
  }
  const manifests = plugins.map(({ plugin }) => plugin);
  for (const { file, configuration } of layers) checkConfiguration(configuration, manifests, file);
  const configuration = merged(layers);
  const origin = layers.at(-1)?.file ?? 'The built-in configuration';
  const dictation = resolveDictation(configuration, { builtIn: builtInDictation, plugins: manifests, origin });
  const installed = await installedModels({ configuration, plugins }, signal);
  return { configuration, files: layers.map(({ file }) => file), plugins, dictation, installed };
}

/** What the configuration files say together, as it stands there: unchecked, and without loading plugins. Rejects with `ERR_CONFIG_…`. */
export async function readConfigurations(request: SettingsRequest, signal: AbortSignal): Promise<Configuration> {
  return merged(await readLayers(request, signal));
}

function merged(layers: readonly Layer[]): Configuration {
  return layers.reduce<Configuration>((under, layer) => layConfiguration(under, layer.configuration), {});
}

/** A profile of these settings; without a name, the one that they name. Throws `ERR_PROFILE_UNKNOWN`, `ERR_MODEL_MISSING` or `ERR_CONFIG_…`. */
export function profileOf(
  loaded: Pick<Settings, 'configuration' | 'plugins' | 'files' | 'installed'>,
  name?: string,
  hybrid?: boolean,
): Profile {
  const { configuration, plugins, files } = loaded;
  const { builtIn, unheard } = lanesOf(loaded, name);
  const context = {
    plugins: plugins.map(({ plugin }) => plugin),
    origin: originOf(files),
  };
  const named = { configuration, ...(name !== undefined && { name }), builtIn };
  const resolved = hearing(resolveProfile({ ...named, ...context }), unheard);
  const profile = hybrid === false ? { ...resolved, hybrid } : resolved;
  refuseUnheard(profile, context.plugins, context.origin);
  return profile;
}

/** The same whatever models are here, for what needs none. Throws `ERR_PROFILE_UNKNOWN` or `ERR_CONFIG_…`. */
export function profileWithoutModels(
  { configuration, plugins, files }: Pick<Settings, 'configuration' | 'plugins' | 'files'>,
  name?: string,
): Profile {
  return resolveProfile({
    configuration,
    ...(name !== undefined && { name }),
    builtIn: builtInProfile,
    plugins: plugins.map(({ plugin }) => plugin),
    origin: originOf(files),
  });
}

const originOf = (files: readonly string[]): string => files.at(-1) ?? 'The built-in configuration';

/** Without the languages that nothing here hears. */
function hearing({ language, languages, ...profile }: Profile, unheard: readonly string[]): Profile {
  const all = languages ?? (language === undefined ? [] : [language]);
  const [first, ...others] = all.filter((one) => !unheard.includes(one));
  if (first === undefined) return profile;
  return others.length === 0 ? { ...profile, language: first } : { ...profile, languages: [first, ...others] };
}

async function readLayers(
  { config, includeWorkingDirectory = true, userText }: SettingsRequest,
  signal: AbortSignal,
): Promise<Layer[]> {
  if (config !== undefined) return [await readLayer({ file: resolve(config), trusted: true }, signal)];
  const own = { file: userConfigurationFile(), trusted: true };
  if (userText !== undefined) return [await readLayer({ ...own, text: userText }, signal)];
  const folder = includeWorkingDirectory ? [{ file: resolve(FOLDER_CONFIGURATION), trusted: false }] : [];
  const candidates = [own, ...folder].filter(({ file }) => isThere(file));
  return Promise.all(candidates.map(({ file, trusted }) => readLayer({ file, trusted }, signal)));
}

interface LayerRequest {
  readonly file: string;
  readonly trusted: boolean;
  readonly text?: string;
}

async function readLayer({ file, ...how }: LayerRequest, signal: AbortSignal): Promise<Layer> {
  const tooDeep = (cause?: unknown): VoiceInputError =>
    new VoiceInputError('ERR_CONFIG_INVALID', `${file} is nested more than ${MOST_LEVELS} levels deep.`, { cause });
  const configuration = await readConfiguration(file, { ...how, onNote }, signal).catch((error: unknown) => {
    // The parser calls itself too.
    throw error instanceof RangeError ? tooDeep(error) : error;
  });
  if (isDeeperThan(MOST_LEVELS, configuration)) throw tooDeep();
  return { file, configuration };
}

/** Reading a pipe that somebody put there would never end. Throws `ERR_CONFIG_INVALID` for what is no file, or out of reach. */
function isThere(file: string): boolean {
  const stats = statOf(file);
  if (stats === undefined || stats.isFile()) return stats !== undefined;
  throw new VoiceInputError('ERR_CONFIG_INVALID', `${file} is not a regular file.`, { hint: 'Remove or rename it.' });
}

/** Absent where a folder is missing too, or is none. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw new VoiceInputError(
      'ERR_CONFIG_INVALID',
      `The configuration ${file} cannot be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function isDeeperThan(levels: number, value: object): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** Each once, however often the files are read. */
function onNote(sentence: string): void {
  if (told.has(sentence)) return;
  told.add(sentence);
  process.emitWarning(sentence, 'ConfigurationWarning');
}

const told = new Set<string>();

function refuseDuplicate(
  { plugin: { id } }: Descriptor,
  loaded: readonly { plugin: Descriptor['plugin']; origin: string }[],
  origin: string,
): void {
  const other = loaded.find(({ plugin }) => plugin.id === id);
  if (other === undefined) return;
  throw new VoiceInputError(
    'ERR_PLUGIN_DUPLICATE',
    `"${origin}" brings the plugin ${id}, which is already there (${other.origin}).`,
  );
}
