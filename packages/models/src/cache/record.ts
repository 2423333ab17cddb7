// What is remembered of a model that went through an importer: beside its folder, in a file that is written last.

import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelEntry, PluginKind } from '@voiceinput/plugin-api';
import { statIfThere } from './check.ts';
import { modelsFolder } from './place.ts';

const NAME = 'imported.json';

export interface ImportRecord {
  readonly plugin: string;
  readonly kind: PluginKind;
  /** Of the importer that wrote the files. */
  readonly version: number;
  /** The user's file or folder. Absent for a model that its plugin brings. */
  readonly from?: string;
  /** What its plugin would have called it. Absent as `from` is. */
  readonly recognisedAs?: string;
  /** The fingerprint of the fetched files. Absent for a model out of a user's file. */
  readonly source?: string;
  /** The model as it lies in the cache. */
  readonly entry: ModelEntry;
}

const recordPath = (cache: string, modelId: string): string => join(modelsFolder(cache), modelId, NAME);

/** Absent when the model never went through an importer. What cannot be read counts as absent: it is imported anew. */
export async function readRecord(cache: string, modelId: string): Promise<ImportRecord | undefined> {
  const path = recordPath(cache, modelId);
  if (!(await statIfThere(path))?.isFile()) return undefined;
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as Partial<ImportRecord> | null;
    return record?.entry?.id === modelId && Array.isArray(record.entry.files) ? (record as ImportRecord) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Those of all models, by their ids' order. */
export async function readRecords(cache: string): Promise<ImportRecord[]> {
  const folder = modelsFolder(cache);
  if (!(await statIfThere(folder))?.isDirectory()) return [];
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted();
  const records = await Promise.all(names.map((name) => readRecord(cache, name)));
  return records.filter((record) => record !== undefined);
}

/** Writes it whole or not at all. */
export async function writeRecord(cache: string, record: ImportRecord): Promise<void> {
  const path = recordPath(cache, record.entry.id);
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, JSON.stringify(record, undefined, 2));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
