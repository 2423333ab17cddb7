// Where uploaded audio lies while it is read, and that none of it stays.

import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';

export interface Upload {
  readonly path: string;
  readonly file: FileHandle;
}

const folderIn = (runtimeFolder: string): string => join(runtimeFolder, 'uploads');

/** Removes what a daemon that was killed left behind. */
export async function clearUploads(runtimeFolder: string): Promise<void> {
  await rm(folderIn(runtimeFolder), { recursive: true, force: true });
}

/**
 * Runs `work` with a new, empty file that only this user can read; it is gone afterwards, whatever happens. Rejects with
 * `ERR_STORAGE` where there is no room for one.
 */
export async function withUpload<T>(runtimeFolder: string, work: (upload: Upload) => Promise<T>): Promise<T> {
  const folder = folderIn(runtimeFolder);
  const path = join(folder, randomUUID());
  const file = await makeFolder(folder, 0o700)
    .then(() => open(path, 'wx', 0o600))
    .catch(noRoom);
  try {
    return await work({ path, file });
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** What the system says when an upload cannot be written, as `ERR_STORAGE`. */
export function noRoom(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new VoiceInputError('ERR_STORAGE', `The upload cannot be saved: ${why}`, { cause });
}
