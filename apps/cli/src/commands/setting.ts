// What `voiceinput config get`, `set` and `unset` do: one setting of the user's own file, checked before it is written.

import { checkConfiguration } from '@voiceinput/engine/configure';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { JSONPath } from 'jsonc-parser';
import { checkUserText, valuesInForce } from '../settings/change.ts';
import { userConfigurationFile } from '../settings/folders.ts';
import { holding, readPath, valueAt } from '../settings/path.ts';
import { loadSettings } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { userFileWith, writeUserFile } from '../settings/user-file.ts';
import { print } from '../show/table.ts';
import { createReporter } from '../show/reporter.ts';
import { findDaemon } from './daemon.ts';
import { inLocale } from '../messages/in-locale.ts';

interface Shown {
  readonly json: boolean;
}

type Loaded = Omit<Settings, 'profile'>;

/** Prints the value in force. Rejects with `ERR_CONFIG_UNKNOWN_KEY` where there is no such setting. */
export async function getSetting(
  text: string,
  { json, ...request }: SettingsRequest & Shown,
  signal: AbortSignal,
): Promise<number> {
  const path = readPath(text);
  const loaded = await loadSettings(request, signal);
  refuseUnknown(path, loaded);
  const own = valueAt(path, loaded.configuration);
  const value = own ?? valueAt(path, valuesInForce(path, loaded));
  const from = own === undefined ? 'default' : 'file';
  print(json, { path: text, ...(value !== undefined && { value, from }) }, value === undefined ? '' : shown(value));
  if (value === undefined) createReporter({ json }).note(inLocale`${text} is not set, and has no default.`);
  return 0;
}

/** Several values make a list. Rejects with `ERR_CONFIG_…`, and changes nothing then, or with `ERR_STORAGE`. */
export async function setSetting(
  text: string,
  words: readonly string[],
  { json }: Shown,
  signal: AbortSignal,
): Promise<number> {
  const path = readPath(text);
  const { value, file: content, missing } = await fitting(path, words, signal);
  const file = await writeUserFile(content);
  print(json, { path: text, value, file }, inLocale`${text} is ${JSON.stringify(value)} now, in ${file}`);
  if (missing !== undefined) createReporter({ json }).warning(missing.toJSON());
  await tellWhen({ json }, signal);
  return 0;
}

/** The default is in force again. Rejects as `setSetting` does. */
export async function unsetSetting(text: string, { json }: Shown, signal: AbortSignal): Promise<number> {
  const path = readPath(text);
  const file = userConfigurationFile();
  const before = await loadSettings({ includeWorkingDirectory: false }, signal).catch(() => undefined);
  if (before !== undefined) {
    refuseUnknown(path, before);
    if (valueAt(path, before.configuration) === undefined) {
      print(json, { path: text, file, removed: false }, inLocale`${text} is not set in ${file}`);
      return 0;
    }
  }
  const content = await userFileWith([[path, undefined]]);
  await checkUserText(content, signal);
  await writeUserFile(content);
  print(json, { path: text, file, removed: true }, inLocale`${text} is no longer set in ${file}`);
  await tellWhen({ json }, signal);
  return 0;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** What is wrong with the value is no matter here. */
function refuseUnknown(path: JSONPath, { plugins }: Pick<Loaded, 'plugins'>): void {
  try {
    checkConfiguration(
      holding(path, null) as object,
      plugins.map(({ plugin }) => plugin),
      userConfigurationFile(),
    );
  } catch (error) {
    if (isVoiceInputError(error) && error.code === 'ERR_CONFIG_UNKNOWN_KEY') throw error;
  }
}

interface Fitting {
  readonly value: unknown;
  /** The file with it. */
  readonly file: string;
  /** That no model that is here hears the languages is no mistake. */
  readonly missing: VoiceInputError | undefined;
}

/** What the words mean: the first of what they could that may stand there. Rejects with what is wrong with the first. */
async function fitting(path: JSONPath, words: readonly string[], signal: AbortSignal): Promise<Fitting> {
  let refusal: unknown;
  for (const value of meanings(words)) {
    try {
      const file = await userFileWith([[path, value]]);
      return { value, file, missing: await checkUserText(file, signal) };
    } catch (error) {
      refusal ??= error;
      if (isVoiceInputError(error) && error.code !== 'ERR_CONFIG_INVALID') throw error;
    }
  }
  throw refusal;
}

/** JSON, else a text, else a list. */
function meanings(words: readonly string[]): readonly unknown[] {
  const [first = ''] = words;
  if (words.length > 1) return [words.map((word) => asJson(word) ?? word), words];
  const json = asJson(first);
  return [...(json === undefined ? [] : [json]), first, [first]];
}

function asJson(word: string): unknown {
  try {
    return JSON.parse(word) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function tellWhen({ json }: Shown, signal: AbortSignal): Promise<void> {
  const client = await findDaemon(signal).catch((error: unknown) => {
    // Whoever may not ask the daemon may change the file all the same.
    if (isVoiceInputError(error)) return undefined;
    throw error;
  });
  client?.close();
  if (client !== undefined) createReporter({ json }).note(inLocale`The daemon uses it from the next dictation on.`);
}
