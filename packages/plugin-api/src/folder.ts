// How a folder is made whose parents may be missing.

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Others may look into it, and never write, whatever the umask. */
const READABLE = 0o755;

/**
 * Makes the folder at `path` and those above it that are missing, each with `mode` (readable for everybody unless given);
 * one that is there stays as it is. Rejects with the system's error.
 *
 * Where a system says that a name is missing and then makes none, as Linux does in `/proc`, Node's own `recursive` tries
 * for ever, in a thread that no signal ends.
 */
export async function makeFolder(path: string, mode: number = READABLE): Promise<void> {
  try {
    await make(path, mode);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent, mode);
    await make(path, mode);
  }
}

async function make(path: string, mode: number): Promise<void> {
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

/**
 * Whether somebody else than this user and the administrator could have written what is in the folder. A group that is the
 * user's own counts as the user. Rejects with the system's error when there is none.
 */
export async function isOpenToOthers(folder: string): Promise<boolean> {
  const [user, group] = [process.getuid?.(), process.getgid?.()];
  if (user === undefined) return false;
  const { uid, gid, mode } = await stat(folder);
  if (![0, user].includes(uid)) return true;
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && ![0, group].includes(gid));
}
