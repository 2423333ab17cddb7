// What lies in a folder, in all its depth.

import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

const AUDIO = new Set('.wav .flac .mp3 .ogg .oga .opus .m4a .m4b .mp4 .webm .aac .wma .aiff'.split(' '));

/** A file below a folder. */
export interface FoundFile {
  /** From the folder, with slashes. */
  readonly name: string;
  readonly path: string;
}

/** All files, by name. Rejects with `ERR_FILE_NOT_FOUND`. */
export async function filesBelow(folder: string): Promise<FoundFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    throw new VoiceInputError('ERR_FILE_NOT_FOUND', `There is no folder ${folder}.`, { cause: error });
  }
}

/** Whether a name is that of a recording. */
export const isAudioName = (name: string): boolean => AUDIO.has(extname(name).toLowerCase());
