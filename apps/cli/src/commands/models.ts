// What `voiceinput models` does: list, pull, verify, import and remove.

import { bytesOf, catalogue } from '@voiceinput/models';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { megabytes } from '../show/bar.ts';
import { print, table } from '../show/table.ts';
import { settle } from '../settings/settle.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { openModels, withEngine } from './work.ts';

export interface ModelsOptions {
  readonly json: boolean;
}

export async function listModels({ json }: ModelsOptions, signal: AbortSignal): Promise<number> {
  const models = await openModels(createReporter({ json })).list(signal);
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
    state,
    `${megabytes(bytes)} MB`,
    license,
    title,
  ]);
  print(json, data, table([['MODEL', 'STATE', 'SIZE', 'LICENCE', 'WHAT'], ...rows]));
  return 0;
}

/** Fetches models, then opens the engine once, so that whatever is derived from them is ready too. */
export async function pullModels(
  ids: readonly string[],
  { json, force, ...request }: ModelsOptions & { readonly force: boolean } & SettingsRequest,
  signal: AbortSignal,
): Promise<number> {
  const reporter = createReporter({ json });
  const models = openModels(reporter);
  const wanted = ids.length > 0 ? ids : catalogue.map(({ id }) => id);
  const pulled = [];
  for (const id of wanted) {
    const { folder, license } = await models.pull(id, { force }, signal);
    pulled.push({ id, folder, license });
    reporter.note(`${id} is ready (licence: ${license}).`);
  }
  const startedAtMs = performance.now();
  await withEngine(await settle(request, signal), models, (engine) => engine.ready(signal));
  reporter.note(`The engine opens with them in ${Math.round(performance.now() - startedAtMs)} ms.`);
  if (json) print(true, pulled, '');
  return 0;
}

/** Rejects with `ERR_MODEL_FILES` when a file is not whole, after all were told. */
export async function verifyModels(
  ids: readonly string[],
  { json }: ModelsOptions,
  signal: AbortSignal,
): Promise<number> {
  const models = openModels(createReporter({ json }));
  const wanted = ids.length > 0 ? ids : catalogue.map(({ id }) => id);
  const checks = [];
  for (const id of wanted)
    for (const { name, state } of await models.verify(id, signal)) checks.push({ model: id, file: name, state });
  print(
    json,
    checks,
    table([['MODEL', 'FILE', 'STATE'], ...checks.map(({ model, file, state }) => [model, file, state])]),
  );
  const bad = checks.filter(({ state }) => state !== 'whole');
  if (bad.length === 0) return 0;
  throw new VoiceInputError('ERR_MODEL_FILES', `${bad.length} of ${checks.length} files are missing or changed.`, {
    hint: `Fetch them again with: voiceinput models pull`,
  });
}

export async function importModel(
  id: string,
  folder: string,
  { json }: ModelsOptions,
  signal: AbortSignal,
): Promise<number> {
  const model = await openModels(createReporter({ json }), { doing: 'Importing' }).import(id, folder, signal);
  print(json, { id, folder: model.folder }, `${id} was imported into ${model.folder}.`);
  return 0;
}

export async function removeModel(id: string, { json }: ModelsOptions, signal: AbortSignal): Promise<number> {
  await openModels(createReporter({ json })).remove(id, signal);
  print(json, { id }, `${id} was removed.`);
  return 0;
}
