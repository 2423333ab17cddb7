// How fetched files become part of the cache without ever being seen half-written.

import { mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeFolder, type LocatedModel, type ModelEntry } from '@voiceinput/plugin-api';
import { holdingLockIfFree } from './lock.ts';
import { lockOf, modelsFolder, pathsIn } from './place.ts';

/** Where what is being fetched lies until it is whole. */
export const incomingFolder = (cache: string): string => join(modelsFolder(cache), '.incoming');

type Named = Pick<ModelEntry, 'id'>;

/** How the names of broken-off transfers of a model begin. Ids have no dot. */
export const partialPrefix = (entry: Named): string => `${entry.id}.`;

/** A new empty folder on the cache's disk for what is being fetched. */
export async function openIncoming(cache: string, entry: Named): Promise<string> {
  await makeFolder(incomingFolder(cache));
  return mkdtemp(join(incomingFolder(cache), `${entry.id}@`));
}

/** Removes what killed processes left behind, but for broken-off transfers; gives whether there was anything. Only for the holder of the model's lock. */
export const clearIncoming = (cache: string, entry: Named): Promise<boolean> => clear(cache, `${entry.id}@`);

/** Removes what killed processes left behind of any model that nobody works on now. */
export async function clearAbandoned(cache: string, signal: AbortSignal): Promise<void> {
  await makeFolder(incomingFolder(cache));
  const left = await readdir(incomingFolder(cache));
  const ids = new Set(left.flatMap((name) => /^([^@]+)@/.exec(name)?.[1] ?? []));
  for (const id of ids) {
    await holdingLockIfFree(lockOf(cache, { id }), signal, async () => void (await clearIncoming(cache, { id })));
  }
}

/** Removes broken-off transfers of a model; gives whether there were any. Only for the holder of its lock. */
export const clearPartial = (cache: string, entry: Named): Promise<boolean> => clear(cache, partialPrefix(entry));

async function clear(cache: string, prefix: string): Promise<boolean> {
  const folder = incomingFolder(cache);
  await makeFolder(folder);
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  return names.length > 0;
}

/** Where the files of an entry lie in `incoming`, by their names. */
export const fetchedPaths = (incoming: string, entry: ModelEntry): Readonly<Record<string, string>> =>
  Object.fromEntries([...pathsIn(entry)].map(([name, path]) => [name, join(incoming, path)]));

/** Moves checked files, by their names, to where the model lies. Each appears whole or not at all. */
export async function install(from: Readonly<Record<string, string>>, model: LocatedModel): Promise<void> {
  const moves = Object.entries(model.files).map(([name, to]) => ({ from: from[name]!, to }));
  const folders = new Set([model.folder, ...moves.map(({ to }) => dirname(to))]);
  for (const move of moves) await flush(move.from);
  for (const folder of folders) await makeFolder(folder);
  for (const move of moves) await rename(move.from, move.to);
  // Windows cannot flush a folder and keeps renames in its journal.
  if (process.platform !== 'win32') for (const folder of folders) await flush(folder);
}

/** Makes the folder that an importer wrote the model's folder. It appears whole or not at all. */
export async function adopt(folder: string, model: LocatedModel): Promise<void> {
  for (const path of Object.values(model.files)) await flush(join(folder, relative(model.folder, path)));
  await makeFolder(dirname(model.folder));
  await rm(model.folder, { recursive: true, force: true });
  await rename(folder, model.folder);
  if (process.platform !== 'win32') await flush(dirname(model.folder));
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
