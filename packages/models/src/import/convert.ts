// How what an importer writes becomes a model of the cache.

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { ImportedModel, LocatedModel, ModelEntry, ModelFile, ModelImporter } from '@voiceinput/plugin-api';
import { sha256Of, statIfThere } from '../cache/check.ts';
import { adopt, openIncoming } from '../cache/install.ts';
import { modelFolder, placeOf } from '../cache/place.ts';
import { writeRecord, type ImportRecord } from '../cache/record.ts';
import { look, stamp } from '../cache/stamp.ts';
import { isDiskError } from '../cache/storage.ts';

export interface Conversion {
  readonly cache: string;
  readonly importer: ModelImporter;
  /** What is imported; absolute. */
  readonly path: string;
  readonly record: Omit<ImportRecord, 'entry'>;
  /** What is known of the model before; what the importer tells fills in the rest. */
  readonly known: Pick<ModelEntry, 'id'> & Partial<ModelEntry>;
  report(share: number): void;
}

/** Runs the importer and puts what it wrote in the place of what was there. Only for the holder of the model's lock. */
export async function convert(conversion: Conversion, signal: AbortSignal): Promise<LocatedModel> {
  const { cache, path, known, record, importer, report } = conversion;
  const folder = await openIncoming(cache, known);
  try {
    const request = { path, name: known.id, folder, report };
    const written = await importing(record.plugin, () => importer.import(request, signal), signal);
    const files = await describe(folder, written, record.plugin, signal);
    const entry = entryOf(known, written, files);
    const model = placeOf(cache, entry);
    await adopt(folder, model);
    await stamp(model, (await look(model)) ?? '');
    await writeRecord(cache, { ...record, entry });
    await removeOthers(cache, model);
    return model;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `work` of a plugin gives. Whatever it throws that says nothing to a user is told as the plugin's failure. */
export async function importing<T>(plugin: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (isVoiceInputError(error) || isDiskError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new VoiceInputError('ERR_PLUGIN_FAILED', `${plugin} failed: ${reason}`, { cause: error });
  }
}

async function describe(
  folder: string,
  { files }: ImportedModel,
  plugin: string,
  signal: AbortSignal,
): Promise<ModelFile[]> {
  const described: ModelFile[] = [];
  for (const [name, path] of Object.entries(files)) {
    const absolute = join(folder, path);
    const isInside = !path.split('/').includes('..') && (await statIfThere(absolute))?.isFile();
    if (!isInside)
      throw new VoiceInputError('ERR_PLUGIN_FAILED', `${plugin} names the file ${path}, but did not write it.`);
    described.push({ name, path, bytes: (await stat(absolute)).size, sha256: await sha256Of(absolute, signal) });
  }
  return described;
}

function entryOf(known: Conversion['known'], written: ImportedModel, files: readonly ModelFile[]): ModelEntry {
  const { title, languages, memoryBytes } = written;
  return {
    license: written.license ?? 'unknown',
    attribution: written.attribution ?? '',
    homepage: '',
    title,
    languages,
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...known,
    imported: true,
    sources: known.sources ?? [],
    files,
  };
}

async function removeOthers(cache: string, { modelId, folder }: LocatedModel): Promise<void> {
  const whole = modelFolder(cache, { id: modelId });
  for (const one of await readdir(whole, { withFileTypes: true })) {
    const path = join(whole, one.name);
    if (one.isDirectory() && path !== folder) await rm(path, { recursive: true, force: true });
  }
}
