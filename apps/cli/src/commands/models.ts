// What `voiceinput models` does: list, pull, verify, import, export and remove.

import { bytesOf } from '@voiceinput/models';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import type { Reporter } from '../show/reporter.ts';
import { megabytes } from '../show/bar.ts';
import { print, table } from '../show/table.ts';
import { builtInProfile } from '../built-in/profile.ts';
import { candidateIds } from '../recommend/table.ts';
import { installedModels, recommendationOf } from '../settings/lanes.ts';
import { builtInSettings, loadSettings, profileOf } from '../settings/settle.ts';
import type { Settings, SettingsRequest } from '../settings/settle.ts';
import { modelsOf, usedModels } from '../settings/used-models.ts';
import { asTyped } from '../show/command-name.ts';
import { laneLines } from '../show/lane-lines.ts';
import { openModels, withEngine } from './work.ts';
import { inLocale, told } from '../messages/in-locale.ts';

export interface ModelsOptions extends SettingsRequest {
  readonly json: boolean;
}

/** Models can be managed while a configuration is broken, but for those that its plugins bring. What the user named has to be right. */
async function soundSettings(
  reporter: Reporter,
  request: SettingsRequest,
  signal: AbortSignal,
): Promise<Omit<Settings, 'profile'>> {
  try {
    return await loadSettings(request, signal);
  } catch (error) {
    if (!isVoiceInputError(error) || request.config !== undefined) throw error;
    reporter.warning(error.toJSON());
    return builtInSettings(signal);
  }
}

export async function listModels({ json, ...request }: ModelsOptions, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  const loaded = await soundSettings(reporter, request, signal);
  const models = await openModels(reporter, loaded.plugins).list(signal);
  const data = models.map(({ entry, state, folder }) => ({
    id: entry.id,
    title: entry.title,
    kind: entry.kind,
    languages: entry.languages,
    license: entry.license,
    attribution: entry.attribution,
    homepage: entry.homepage,
    bytes: bytesOf(entry),
    state,
    folder,
  }));
  const rows = data.map(({ id, state, bytes, license, title }) => [
    id,
    told(state),
    inLocale`${megabytes(bytes)} MB`,
    license,
    title,
  ]);
  const recommendation = recommendationOf(loaded, request.profile);
  const lines = recommendation === undefined ? [] : ['', ...laneLines(recommendation).map(asTyped)];
  print(
    json,
    data,
    [
      table([[inLocale`MODEL`, inLocale`STATE`, inLocale`SIZE`, inLocale`LICENCE`, inLocale`WHAT`], ...rows]),
      ...lines,
    ].join('\n'),
  );
  return 0;
}

/** Fetches models; without `ids`, those that the profile in force uses, and whatever is derived from them is made. */
export async function pullModels(
  ids: readonly string[],
  { json, force, ...request }: ModelsOptions & { readonly force: boolean },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  // Without the settings nobody knows what a profile uses.
  const loaded = await (ids.length > 0 ? soundSettings(reporter, request, signal) : loadSettings(request, signal));
  const models = openModels(reporter, loaded.plugins);
  const pulled = [];
  for (const id of ids.length > 0 ? ids : wantedModels(loaded, request)) {
    const { folder, license } = await models.pull(id, { force }, signal);
    pulled.push({ id, folder, license });
    reporter.note(inLocale`${id} is ready (licence: ${license}).`);
  }
  // What was fetched may be chosen now.
  const settings = withProfile({ ...loaded, installed: await installedModels(loaded, signal) }, request);
  if (settings !== undefined && (await allReady(models, settings, signal))) {
    const startedAtMs = performance.now();
    await withEngine(settings, models, (engine) => engine.ready(signal));
    reporter.note(inLocale`The engine starts with them in ${Math.round(performance.now() - startedAtMs)} ms.`);
  }
  if (json) print(true, pulled, '');
  return 0;
}

/** What the profile uses, and what would be right for its languages. */
export function wantedModels(loaded: Omit<Settings, 'profile'>, request: SettingsRequest): readonly string[] {
  const { missing = [] } = recommendationOf(loaded, request.profile) ?? {};
  const settings = withProfile(loaded, request);
  const used = settings === undefined ? modelsOf(builtInProfile.vad, loaded.plugins) : usedModels(settings);
  return [...new Set([...used, ...missing])];
}

/** Absent when no model that is here fits the profile. */
function withProfile(loaded: Omit<Settings, 'profile'>, { profile, hybrid }: SettingsRequest): Settings | undefined {
  try {
    return { ...loaded, profile: profileOf(loaded, profile, hybrid) };
  } catch (error) {
    if (isVoiceInputError(error) && error.code === 'ERR_MODEL_MISSING') return undefined;
    throw error;
  }
}

/** Whether the engine can open without fetching what nobody asked for. */
async function allReady(
  models: ReturnType<typeof openModels>,
  settings: Settings,
  signal: AbortSignal,
): Promise<boolean> {
  for (const id of usedModels(settings)) if ((await models.status(id, signal)).state !== 'ready') return false;
  return true;
}

/** Checks all that is on this machine when no `ids` are given. Rejects with `ERR_MODEL_FILES` when a file is not whole, after all were told. */
export async function verifyModels(
  ids: readonly string[],
  { json, ...request }: ModelsOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { plugins } = await soundSettings(reporter, request, signal);
  const models = openModels(reporter, plugins);
  const wanted = ids.length > 0 ? ids : await present(models, signal);
  const checks = [];
  for (const id of wanted)
    for (const { name, state } of await models.verify(id, signal)) checks.push({ model: id, file: name, state });
  print(
    json,
    checks,
    table([
      [inLocale`MODEL`, inLocale`FILE`, inLocale`STATE`],
      ...checks.map(({ model, file, state }) => [model, file, told(state)]),
    ]),
  );
  const bad = checks.filter(({ state }) => state !== 'whole');
  if (bad.length === 0) return 0;
  const names = [...new Set(bad.map(({ model }) => model))].join(' ');
  throw new VoiceInputError('ERR_MODEL_FILES', `${bad.length} of ${checks.length} files are missing or changed.`, {
    hint: `Download them again with: voiceinput models pull ${names}`,
  });
}

async function present(models: ReturnType<typeof openModels>, signal: AbortSignal): Promise<string[]> {
  const all = await models.list(signal);
  return all.filter(({ state }) => state !== 'absent').map(({ entry }) => entry.id);
}

export async function importModel(
  id: string,
  folder: string,
  { json, ...request }: ModelsOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { plugins } = await soundSettings(reporter, request, signal);
  const models = openModels(reporter, plugins, { doing: 'Importing' });
  const model = await models.import(id, folder, signal);
  print(json, { id, folder: model.folder }, inLocale`${id} was imported into ${model.folder}.`);
  return 0;
}

/** Makes a model of a user's file or folder. */
export async function importFile(
  path: string,
  { name, json, ...request }: ModelsOptions & { readonly name?: string },
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { plugins } = await soundSettings(reporter, request, signal);
  const models = openModels(reporter, plugins);
  const { entry, folder } = await models.importFrom({ path, ...(name !== undefined && { name }) }, signal);
  const { id, title, plugin, languages } = entry;
  print(
    json,
    { id, title, plugin, languages, bytes: bytesOf(entry), folder },
    inLocale`${title} was imported as ${id}.`,
  );
  const choice = `"fast": { "use": "${plugin}", "options": { "model": "${id}" } }`;
  const byHand = inLocale`put this into a profile of your configuration, or the same for "refine": ${choice}`;
  const isChosen = entry.recognisedAs !== undefined && candidateIds.includes(entry.recognisedAs);
  if (isChosen)
    reporter.note(inLocale`It is used where it fits the languages that you speak: voiceinput languages ru en`);
  reporter.note(isChosen ? inLocale`To choose it in any case, ${byHand}` : inLocale`To dictate with it, ${byHand}`);
  return 0;
}

/** Writes an imported model into a new folder and prints the paths of its files. */
export async function exportModel(
  id: string,
  folder: string,
  { json, ...request }: ModelsOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { plugins } = await soundSettings(reporter, request, signal);
  const files = await openModels(reporter, plugins, { doing: 'Exporting' }).export(id, folder, signal);
  print(json, { id, files }, files.join('\n'));
  return 0;
}

/** Rejects with `ERR_MODEL_ABSENT` when there was nothing to remove. */
export async function removeModel(
  id: string,
  { json, ...request }: ModelsOptions,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const { plugins } = await soundSettings(reporter, request, signal);
  const models = openModels(reporter, plugins);
  if (!(await models.remove(id, signal))) {
    const here = await present(models, signal);
    const others = here.length === 0 ? 'no model is' : `there is ${here.join(', ')}`;
    throw new VoiceInputError('ERR_MODEL_ABSENT', `${id} is not on this machine; ${others}.`);
  }
  print(json, { id }, inLocale`${id} was removed.`);
  return 0;
}
