// Files that are whole or not there, whatever happens while they are written.

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

/** Writes a file of a data set that is none of its clips, making `folder`. Rejects with `ERR_STORAGE`. */
export async function keepBeside(folder: string, name: string, content: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(join(folder, name), content);
  } catch (error) {
    throw asStorageError(error, folder);
  }
}

/** A file that is there is whole. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

/** What a disk says becomes `ERR_STORAGE`; all else stays what it is. */
export function asStorageError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof VoiceInputError || !('code' in error)) return error;
  return new VoiceInputError('ERR_STORAGE', `The data set cannot be written to ${folder}: ${error.message}`, {
    hint: 'Make room there or name another folder; the same command goes on where it was stopped.',
    cause: error,
  });
}
