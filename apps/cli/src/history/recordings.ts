// Where the audio of dictations lies, and how long.

import { access, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@voiceinput/plugin-api';

const ENDING = '.pcm';

export interface Recordings {
  /** Where the audio of a dictation is or would be: 16 000 Hz, mono, signed 16 bit, little endian. */
  pathOf(id: string): string;
  has(id: string): Promise<boolean>;
  /** All that lie there, oldest first. */
  ids(): Promise<string[]>;
  /** Whether it holds no audio. */
  isEmpty(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Removes what was last written to before `time` (ms since 1970) and `may` be removed. */
  removeBefore(time: number, may: (id: string) => Promise<boolean>): Promise<void>;
}

/** Makes the folder, for its owner only. Where it cannot be made there are no recordings; whoever writes one hears why. */
export async function openRecordings(folder: string): Promise<Recordings> {
  await makeFolder(folder, 0o700).catch(() => undefined);
  const pathOf = (id: string): string => join(folder, `${id}${ENDING}`);
  const ids = async (): Promise<string[]> =>
    (await readdir(folder, { withFileTypes: true }).catch(() => []))
      // What is no file was not put there by a daemon, and reading a pipe would never end.
      .filter((entry) => entry.isFile() && entry.name.endsWith(ENDING))
      .map(({ name }) => name.slice(0, -ENDING.length))
      .sort();
  const remove = (id: string): Promise<void> =>
    rm(pathOf(id), { force: true }).catch((error: NodeJS.ErrnoException) => {
      // Where the folder could not be made, nothing lies in it.
      if (error.code !== 'ENOTDIR') throw error;
    });

  return {
    pathOf,
    has: (id) =>
      access(pathOf(id)).then(
        () => true,
        () => false,
      ),
    ids,
    isEmpty: async (id) => (await statOf(pathOf(id))).size === 0,
    remove,
    async removeBefore(time, may) {
      for (const id of await ids()) {
        const { mtimeMs = Infinity } = await statOf(pathOf(id));
        if (mtimeMs < time && (await may(id))) await remove(id);
      }
    },
  };
}

/** Empty when it has gone meanwhile. */
async function statOf(path: string): Promise<{ readonly mtimeMs?: number; readonly size?: number }> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
