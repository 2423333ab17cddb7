// How audio is kept on disk while it is recorded, so that a crash loses no more than what is being written.

import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';

/** A recording on disk: 16 000 Hz, mono, signed 16 bit, little endian, without a header. */
export interface Journal {
  /**
   * Takes samples on and returns at once; they are handed to the system as soon as the write before is done. The file is
   * made for the first of them: where nothing was heard there is none.
   */
  append(samples: Float32Array): void;
  /** Settles when all that was taken on is written. */
  close(): Promise<void>;
}

/**
 * Begins a recording at `path`, readable by its owner only. It never stops a dictation: what goes wrong is told to
 * `failed` once, with `ERR_STORAGE`, and nothing more is written.
 */
export function openJournal(path: string, failed: (error: VoiceInputError) => void): Journal {
  let waiting: Buffer[] = [];
  let broken = false;
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  let file: Promise<FileHandle> | undefined;

  function fail(error: unknown): void {
    if (broken) return;
    broken = true;
    waiting = [];
    const why = (error as Error).message;
    failed(new VoiceInputError('ERR_STORAGE', `The recording cannot be saved in ${path}: ${why}`, { cause: error }));
  }

  async function writeAll(): Promise<void> {
    busy = true;
    try {
      file ??= create(path);
      const handle = await file;
      while (waiting.length > 0) await writeWhole(handle, Buffer.concat(waiting.splice(0)));
    } catch (error) {
      fail(error);
    } finally {
      busy = false;
    }
  }

  return {
    append(samples) {
      if (broken) return;
      waiting.push(inPcm(samples));
      if (!busy) writing = writeAll();
    },
    async close() {
      await writing;
      const handle = await file?.catch(() => undefined);
      await handle?.close();
    },
  };
}

async function create(path: string): Promise<FileHandle> {
  await makeFolder(dirname(path), 0o700);
  return open(path, 'ax', 0o600);
}

/** A disk that is nearly full may take less than it was given. */
async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written);
    written += bytesWritten;
  }
}

function inPcm(samples: Float32Array): Buffer {
  const bytes = Buffer.allocUnsafe(2 * samples.length);
  for (let index = 0; index < samples.length; index += 1) {
    const level = Math.max(-1, Math.min(1, samples[index]!));
    bytes.writeInt16LE(Math.round(level < 0 ? level * 32_768 : level * 32_767), 2 * index);
  }
  return bytes;
}
