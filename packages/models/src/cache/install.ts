// Decides how fetched files become part of the cache without ever being seen half-written.

import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocatedModel } from '@voiceinput/plugin-api';
import type { ModelEntry } from '../entry.ts';
import { fileName, modelsFolder } from './place.ts';

const incomingFolder = (cache: string): string => join(modelsFolder(cache), '.incoming');

/** A new empty folder on the cache's disk for what is being fetched. */
export async function openIncoming(cache: string, entry: ModelEntry): Promise<string> {
  await mkdir(incomingFolder(cache), { recursive: true });
  return mkdtemp(join(incomingFolder(cache), `${entry.id}@`));
}

/** Removes what killed processes left behind. Only for the holder of the model's lock. */
export async function clearIncoming(cache: string, entry: ModelEntry): Promise<void> {
  const folder = incomingFolder(cache);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${entry.id}@`)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Moves the checked files of `incoming` to where the model lies. Each appears whole or not at all. */
export async function install(incoming: string, entry: ModelEntry, model: LocatedModel): Promise<void> {
  await mkdir(model.folder, { recursive: true });
  for (const file of entry.files) await flush(join(incoming, fileName(file)));
  for (const file of entry.files) {
    await rename(join(incoming, fileName(file)), join(model.folder, fileName(file)));
  }
  // Windows cannot flush a folder and keeps renames in its journal.
  if (process.platform !== 'win32') await flush(model.folder);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
