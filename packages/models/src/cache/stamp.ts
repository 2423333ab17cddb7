// When files that were once checked need not be read again.

import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOpenToOthers, type LocatedModel } from '@voiceinput/plugin-api';
import { statIfThere } from './check.ts';
import { isDiskError } from './storage.ts';

const NAME = 'checked.json';

/**
 * What the file system says of the files; absent when one is missing. A file whose size, time of change and time of content are the same as when its
 * checksum was right is taken as whole: the time of change (ctime) cannot be set by programs, so that only a disk that
 * rots silently gets past it.
 */
export async function look(model: LocatedModel): Promise<string | undefined> {
  const lines: string[] = [];
  for (const path of Object.values(model.files)) {
    const stats = await statIfThere(path);
    if (!stats) return undefined;
    lines.push(`${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`);
  }
  return JSON.stringify({ fingerprint: model.fingerprint, files: lines });
}

/**
 * Whether the files were checked and have not been touched since. Where others may write, they could have changed a file and
 * the stamp: there, nothing is taken as checked.
 */
export async function isStamped(model: LocatedModel): Promise<boolean> {
  const path = join(model.folder, NAME);
  if (!(await statIfThere(path)) || (await isOpenToOthers(model.folder))) return false;
  return (await readFile(path, 'utf8')) === (await look(model));
}

/** Remembers that the files were whole when the file system said `sight` of them. */
export async function stamp(model: LocatedModel, sight: string): Promise<void> {
  const path = join(model.folder, NAME);
  // A name that nobody can have taken before, with a link to another file.
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, sight, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    // A model in a read-only or full cache is as good as any; without the stamp it is only checked again next time.
    if (!isDiskError(error)) throw error;
  }
}

/** Forgets it, where the disk lets that be done. */
export async function unstamp(model: LocatedModel): Promise<void> {
  try {
    await rm(join(model.folder, NAME), { force: true });
  } catch (error) {
    // It tells of files that have changed since, so it counts for nothing.
    if (!isDiskError(error)) throw error;
  }
}
