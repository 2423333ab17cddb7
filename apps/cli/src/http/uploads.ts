// Where uploaded audio lies while it is read, and that none of it stays.

import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@voiceinput/plugin-api';

export interface Upload {
  readonly path: string;
  readonly file: FileHandle;
}

const folderIn = (runtimeFolder: string): string => join(runtimeFolder, 'uploads');

/** Removes what a daemon that was killed left behind. */
export async function clearUploads(runtimeFolder: string): Promise<void> {
  await rm(folderIn(runtimeFolder), { recursive: true, force: true });
}

/** Runs `work` with a new, empty file that only this user can read; it is gone afterwards, whatever happens. */
export async function withUpload<T>(runtimeFolder: string, work: (upload: Upload) => Promise<T>): Promise<T> {
  const folder = folderIn(runtimeFolder);
  await makeFolder(folder, 0o700);
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  try {
    return await work({ path, file });
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
