// How what was answered comes true: the file first, then the models, then the start at login.

import type { Models } from '@voiceinput/models';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { inLocale } from '../messages/in-locale.ts';
import type { Reporter } from '../show/reporter.ts';
import { builtInProfile } from '../built-in/profile.ts';
import { recommendationOf } from '../settings/lanes.ts';
import { modelsOf } from '../settings/used-models.ts';
import { wantedModels } from '../commands/models.ts';
import { checkUserText } from '../settings/change.ts';
import { openModels } from '../commands/work.ts';
import { startAtLogin, stopAtLogin } from '../service/login.ts';
import { userConfigurationFile } from '../settings/folders.ts';
import { loadSettings } from '../settings/settle.ts';
import type { Settings } from '../settings/settle.ts';
import { $schema, userFileWith, writeUserFile } from '../settings/user-file.ts';
import type { FileChange } from '../settings/user-file.ts';
import { changesFor } from './answers.ts';
import type { SetupAnswers } from './answers.ts';

export type Loaded = Omit<Settings, 'profile'>;

export interface CarriedOut {
  readonly file: string;
  /** Whether the file was changed. */
  readonly changed: boolean;
  /** Those that were wanted and are here. */
  readonly models: readonly string[];
  readonly atLogin?: boolean;
  /** Why one of the models is not here. It was told. */
  readonly failure?: VoiceInputError;
}

/** What is in force now: that of a daemon, which has no folder. */
export const presentSettings = (signal: AbortSignal): Promise<Loaded> =>
  loadSettings({ includeWorkingDirectory: false }, signal);

/** The user's file with the answers. Absent where it says them already. Rejects with `ERR_CONFIG_…` where they do not fit. */
export async function fileWith(
  answers: SetupAnswers,
  present: Loaded,
  signal: AbortSignal,
): Promise<string | undefined> {
  const changes = changesFor(answers, present);
  if (changes.length === 0) return undefined;
  const isNew = present.files.length === 0;
  const begun: FileChange[] = isNew ? [[['$schema'], $schema]] : [];
  const text = await userFileWith([...begun, ...changes]);
  await checkUserText(text, signal);
  return text;
}

/** What would be in force with the answers. */
export async function settingsWith(answers: SetupAnswers, present: Loaded, signal: AbortSignal): Promise<Loaded> {
  const userText = await fileWith(answers, present, signal);
  return userText === undefined ? present : loadSettings({ includeWorkingDirectory: false, userText }, signal);
}

/** IDs of the models that these settings want and that are not here: those that are right for the languages, where they name any. */
export async function missingModels(
  loaded: Loaded,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const store = openModels(reporter, loaded.plugins);
  const { missing = [] } = recommendationOf(loaded) ?? {};
  const wanted = missing.length === 0 ? wantedModels(loaded, {}) : [...detectors(loaded.plugins), ...missing];
  const states = await Promise.all(wanted.map((id) => store.status(id, signal)));
  return states.filter(({ state }) => state !== 'ready').map(({ entry }) => entry.id);
}

/** Whichever runner is chosen, the detector stays. */
const detectors = (plugins: Loaded['plugins']): readonly string[] => modelsOf(builtInProfile.vad, plugins);

/** Rejects with `ERR_CONFIG_…`, before anything is changed, `ERR_STORAGE` or `ERR_SERVICE`. */
export async function carryOut(answers: SetupAnswers, reporter: Reporter, signal: AbortSignal): Promise<CarriedOut> {
  const present = await presentSettings(signal);
  const store = openModels(reporter, present.plugins);
  const { models = [], atLogin } = answers;
  // A misspelt one is told before anything is changed.
  for (const id of models) await store.status(id, signal);
  const text = await fileWith(answers, present, signal);
  if (text !== undefined) await writeUserFile(text);
  const { fetched, failure } = await fetchAll(models, { store, reporter, signal });
  if (atLogin === true) await startAtLogin({ httpPort: undefined }, signal);
  if (atLogin === false) await stopAtLogin();
  return {
    file: userConfigurationFile(),
    changed: text !== undefined,
    models: fetched,
    ...(atLogin !== undefined && { atLogin }),
    ...(failure && { failure }),
  };
}

interface Fetching {
  readonly store: Models;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** One that cannot be had keeps nothing else from coming true; it is told. */
async function fetchAll(models: readonly string[], { store, reporter, signal }: Fetching) {
  const fetched: string[] = [];
  let failure: VoiceInputError | undefined;
  for (const id of models) {
    try {
      const { license } = await store.pull(id, {}, signal);
      fetched.push(id);
      reporter.note(inLocale`${id} is ready (licence: ${license}).`);
    } catch (error) {
      if (!isVoiceInputError(error) || signal.aborted) throw error;
      reporter.warning(error.toJSON());
      failure ??= error;
    }
  }
  return { fetched, failure };
}
