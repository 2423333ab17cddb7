// Which runners and models the lanes of a profile use where it names languages and no models.

import { availableParallelism, totalmem } from 'node:os';
import type { BuiltInProfile, Configuration } from '@voiceinput/engine';
import { hears } from '@voiceinput/engine/configure';
import { catalogueOf, openModelStore } from '@voiceinput/models';
import type { BringingPlugin, KnownModel } from '@voiceinput/models';
import type { ModelEntry } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { builtInProfile } from '../built-in/profile.ts';
import { recommend, type Recommendation } from '../recommend/recommend.ts';
import { candidateIds } from '../recommend/table.ts';

interface Loaded {
  readonly configuration: Configuration;
  readonly plugins: readonly BringingPlugin[];
  /** By the ids of the models that may be chosen, those that are here. */
  readonly installed: ReadonlyMap<string, string>;
}

export interface ChosenLanes {
  /** What the profile is made from where the configuration says nothing. */
  readonly builtIn: BuiltInProfile;
  /** Languages of the profile that nothing here hears. */
  readonly unheard: readonly string[];
}

/**
 * The models that may be chosen and are here, by their ids; what the user imported takes the place of one of its kind that
 * is not. None where no languages are named. Looks at no file that was checked before.
 */
export async function installedModels(
  { configuration, plugins }: Pick<Loaded, 'configuration' | 'plugins'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const all = [configuration, ...Object.values(configuration.profiles ?? {})];
  if (all.every((one) => languagesOf(one).length === 0)) return new Map();
  const known = knownModels(plugins);
  const store = openModelStore({ plugins, offline: true });
  const ids = candidateIds.filter((id) => known.has(id));
  const inPlaceOf = ({ id, recognisedAs = id }: KnownModel): string => recognisedAs;
  const candidates = (await store.known()).filter((model) => ids.includes(inPlaceOf(model)));
  const states = await Promise.all(candidates.map(({ id }) => store.status(id, signal)));
  const here = states.filter(({ state }) => state === 'ready');
  // Of several the first counts: what plugins bring comes before what was imported.
  return new Map(here.toReversed().map(({ entry }) => [inPlaceOf(entry), entry.id]));
}

/** Throws `ERR_MODEL_MISSING` when none of the models that are here hears a language of the profile, and others would. */
export function lanesOf(loaded: Loaded, name?: string): ChosenLanes {
  const recommendation = recommendationOf(loaded, name);
  const changes = changesOf(loaded, name);
  const asItIs = { builtIn: builtInProfile, unheard: [] };
  if (recommendation === undefined) return asItIs;
  const { fast, refine, missing } = recommendation;
  if (changes.fast === undefined && fast.choice === undefined) {
    return missing.length === 0 ? asItIs : embedded(spokenIn(loaded, name), recommendation);
  }
  const better = refine.choice ?? fast.choice;
  const builtIn = {
    ...builtInProfile,
    ...(changes.fast === undefined && fast.choice !== undefined && { fast: fast.choice }),
    ...(changes.refine === undefined && better !== undefined && { refine: better }),
  };
  return { builtIn, unheard: [] };
}

/** What is right for the languages of a profile on this machine. Absent where it names none, or both models. */
export function recommendationOf(loaded: Loaded, name?: string): Recommendation | undefined {
  const { fast, refine } = changesOf(loaded, name);
  const languages = spokenIn(loaded, name);
  if (languages.length === 0 || (fast !== undefined && refine !== undefined)) return undefined;
  const { plugins, installed } = loaded;
  const machine = { memoryBytes: totalmem(), cores: availableParallelism() };
  return recommend({ languages, ...machine, installed, known: knownModels(plugins) });
}

/** The languages that a profile names, or else the configuration. */
export function spokenIn(loaded: Pick<Loaded, 'configuration'>, name?: string): readonly string[] {
  const own = languagesOf(changesOf(loaded, name));
  return own.length > 0 ? own : languagesOf(loaded.configuration);
}

const changesOf = ({ configuration }: Pick<Loaded, 'configuration'>, name?: string) =>
  configuration.profiles?.[name ?? configuration.profile ?? 'default'] ?? {};

const languagesOf = ({ language, languages }: Pick<Configuration, 'language' | 'languages'>): readonly string[] =>
  languages ?? (language === undefined ? [] : [language]);

/** By their ids. */
const knownModels = (plugins: Loaded['plugins']): ReadonlyMap<string, ModelEntry> =>
  new Map(catalogueOf(plugins).map((entry) => [entry.id, entry]));

/** The model that comes with VoiceInput goes on working, for the languages that it hears. */
function embedded(languages: readonly string[], { missing }: Recommendation): ChosenLanes {
  const heard = languages.filter((language) => hears(['en'], language));
  if (heard.length === 0) {
    throw new VoiceInputError('ERR_MODEL_MISSING', `No model on this machine hears ${languages.join(', ')}.`, {
      hint: `Fetch one with: voiceinput models pull ${missing.join(' ')}`,
    });
  }
  return { builtIn: builtInProfile, unheard: languages.filter((language) => !heard.includes(language)) };
}
