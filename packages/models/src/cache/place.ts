// How models lie in the cache.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { LocatedModel, ModelEntry } from '@voiceinput/plugin-api';

/** Changes whenever a file of the entry does. Hexadecimal, 32 digits. */
export function fingerprintOf(entry: ModelEntry): string {
  const lines = entry.files.map(({ name, sha256 }) => `${name} ${sha256}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 32);
}

export const modelsFolder = (cache: string): string => join(cache, 'models');

/** The file that is there while a process changes the model. */
export const lockOf = (cache: string, { id }: Pick<ModelEntry, 'id'>): string =>
  join(modelsFolder(cache), `.${id}.lock`);

/** All that the cache holds of a model, also what was pinned earlier. */
export const modelFolder = (cache: string, { id }: Pick<ModelEntry, 'id'>): string => join(modelsFolder(cache), id);

/**
 * By the names of the files, where they lie in the model's folder: without the folders that all of them share. What an
 * importer reads or writes keeps its paths.
 */
export function pathsIn({ files, imported }: Pick<ModelEntry, 'files' | 'imported'>): ReadonlyMap<string, string> {
  const split = files.map(({ path }) => path.split('/'));
  const shared = imported === true ? 0 : sharedFolders(split);
  return new Map(files.map(({ name }, index) => [name, split[index]!.slice(shared).join('/')]));
}

/** How many folders at their beginning all paths have in common. */
function sharedFolders(paths: readonly (readonly string[])[]): number {
  const [first = [], ...others] = paths;
  const folders = first.slice(0, -1);
  const differs = folders.findIndex((folder, depth) =>
    others.some((path) => path.length - 1 <= depth || path[depth] !== folder),
  );
  return differs === -1 ? folders.length : differs;
}

/** The model as a plugin gets it. Says nothing about whether the files are there. */
export function placeOf(cache: string, entry: ModelEntry): LocatedModel {
  const fingerprint = fingerprintOf(entry);
  const folder = join(modelFolder(cache, entry), fingerprint.slice(0, 12));
  const files = Object.fromEntries([...pathsIn(entry)].map(([name, path]) => [name, join(folder, path)]));
  return { modelId: entry.id, folder, files, fingerprint, license: entry.license };
}
