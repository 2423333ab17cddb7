// How a folder is made whose parents may be missing.

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the folder at `path` and those above it that are missing, each with `mode` (for everybody unless given); one
 * that is there stays as it is. Rejects with the system's error.
 *
 * Where a system says that a name is missing and then makes none, as Linux does in `/proc`, Node's own `recursive` tries
 * for ever, in a thread that no signal ends.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await make(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent, mode);
    await make(path, mode);
  }
}

async function make(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    // Systems name it in different ways: EEXIST, EISDIR, EPERM at the root of a disk, EROFS.
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // What the making said tells more.
    return false;
  }
}
