// Where the bytes of an input can be read in any order: the file itself, or a copy of what came through a pipe.

import { constants } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VoiceInputError } from '@voiceinput/plugin-api';

export interface Place {
  /** Open for reading until the place is closed. */
  readonly descriptor: number;
  /** How a program that was given the descriptor as its fourth finds it, without a name that could tell of a format. */
  readonly nameForChild: string;
  close(): Promise<void>;
}

/** Only Windows has no names for descriptors, and keeps a file under its name while it is open. */
const HAS_DESCRIPTOR_NAMES = process.platform !== 'win32';

/** The file itself. Rejects with what the system says. */
export async function openPlace(path: string): Promise<Place> {
  const file = await open(path, constants.O_RDONLY);
  return placeOf(file, path, () => file.close());
}

/**
 * A copy of `chunks` in a file that only the user can read and that has no name any more, so that nothing stays of it
 * whatever happens. Ends early on abort. Rejects with `ERR_STORAGE` when there is no room for it.
 */
export async function copyOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-')).catch(noRoom);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  let file: FileHandle | undefined;
  try {
    const path = join(folder, 'audio');
    file = await open(path, 'wx+', 0o600).catch(noRoom);
    if (HAS_DESCRIPTOR_NAMES) await remove();
    for await (const chunk of chunks) {
      if (signal.aborted) break;
      await file.writeFile(chunk).catch(noRoom);
    }
    const copy = file;
    return placeOf(copy, path, async () => {
      await copy.close();
      await remove();
    });
  } catch (error) {
    await file?.close();
    await remove();
    throw error;
  }
}

function placeOf({ fd: descriptor }: FileHandle, path: string, close: () => Promise<void>): Place {
  return { descriptor, nameForChild: HAS_DESCRIPTOR_NAMES ? '/dev/fd/3' : path, close };
}

function noRoom(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new VoiceInputError('ERR_STORAGE', `Audio from a pipe cannot be stored in ${tmpdir()}: ${why}`, {
    hint: 'Free some disk space there, set TMPDIR to another folder, or pass the file by its name.',
    cause,
  });
}
