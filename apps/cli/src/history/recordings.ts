// Where the audio of dictations lies, and how long.

import { access, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@voiceinput/plugin-api';

const ENDING = '.pcm';
const SAMPLE_BYTES = 2;
/** 100 ms. */
const LAST_SAMPLES = 1_600;

export interface Recordings {
  /** Where the audio of a dictation is or would be: 16 000 Hz, mono, signed 16 bit, little endian. */
  pathOf(id: string): string;
  has(id: string): Promise<boolean>;
  /** All that lie there, oldest first. */
  ids(): Promise<string[]>;
  /** Whether it holds no audio. */
  isEmpty(id: string): Promise<boolean>;
  /** Whether it holds so much audio, but for the last moments. */
  isWhole(id: string, samples: number): Promise<boolean>;
  /** 0 where there is none. */
  bytesOf(id: string): Promise<number>;
  remove(id: string): Promise<void>;
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
    isWhole: async (id, samples) => {
      const { size = 0 } = await statOf(pathOf(id));
      return size >= (samples - LAST_SAMPLES) * SAMPLE_BYTES;
    },
    bytesOf: async (id) => (await statOf(pathOf(id))).size ?? 0,
    remove,
  };
}

/** Empty when it has gone meanwhile, or its folder has. */
async function statOf(path: string): Promise<{ readonly mtimeMs?: number; readonly size?: number }> {
  try {
    return await stat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw error;
  }
}
