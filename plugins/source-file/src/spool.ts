// Where the bytes of a pipe wait when their format cannot be read in order.

import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ByteReader } from './byte-reader.ts';

export interface Spool {
  readonly path: string;
  remove(): Promise<void>;
}

/** Copies all that is left into a file only the user can read. Rejects with the signal's reason on abort. */
export async function spool(reader: ByteReader, signal: AbortSignal): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-'));
  const path = join(folder, 'audio');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(reader.rest(), createWriteStream(path, { mode: 0o600 }), { signal });
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}
