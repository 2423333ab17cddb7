// How fetched files become part of the cache without ever being seen half-written.

import { mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, type LocatedModel, type ModelEntry } from '@voiceinput/plugin-api';
import { modelsFolder, pathsIn } from './place.ts';

/** Where what is being fetched lies until it is whole. */
export const incomingFolder = (cache: string): string => join(modelsFolder(cache), '.incoming');

/** How the names of broken-off transfers of a model begin. Ids have no dot. */
export const partialPrefix = (entry: ModelEntry): string => `${entry.id}.`;

/** A new empty folder on the cache's disk for what is being fetched. */
export async function openIncoming(cache: string, entry: ModelEntry): Promise<string> {
  await makeFolder(incomingFolder(cache));
  return mkdtemp(join(incomingFolder(cache), `${entry.id}@`));
}

/** Removes what killed processes left behind, but for broken-off transfers. Only for the holder of the model's lock. */
export const clearIncoming = (cache: string, entry: ModelEntry): Promise<void> => clear(cache, `${entry.id}@`);

/** Removes broken-off transfers of a model. Only for the holder of its lock. */
export const clearPartial = (cache: string, entry: ModelEntry): Promise<void> => clear(cache, partialPrefix(entry));

async function clear(cache: string, prefix: string): Promise<void> {
  const folder = incomingFolder(cache);
  await makeFolder(folder);
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Moves the checked files of `incoming` to where the model lies. Each appears whole or not at all. */
export async function install(incoming: string, entry: ModelEntry, model: LocatedModel): Promise<void> {
  const paths = [...pathsIn(entry).values()];
  const folders = new Set([model.folder, ...paths.map((path) => dirname(join(model.folder, path)))]);
  for (const path of paths) await flush(join(incoming, path));
  for (const folder of folders) await makeFolder(folder);
  for (const path of paths) await rename(join(incoming, path), join(model.folder, path));
  // Windows cannot flush a folder and keeps renames in its journal.
  if (process.platform !== 'win32') for (const folder of folders) await flush(folder);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
