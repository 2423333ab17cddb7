// Whether the files in a folder are what their model pins.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelEntry, ModelFile } from '@voiceinput/plugin-api';
import { pathsIn } from './place.ts';

export type FileState = 'whole' | 'missing' | 'changed';

export interface FileCheck {
  readonly name: string;
  readonly path: string;
  readonly state: FileState;
}

/** Reads every file and compares size and sha256. Rejects with the signal's reason on abort, and when a file cannot be read. */
export async function checkFiles(folder: string, entry: ModelEntry, signal: AbortSignal): Promise<FileCheck[]> {
  const checks: FileCheck[] = [];
  const paths = pathsIn(entry);
  for (const file of entry.files) {
    const path = join(folder, paths.get(file.name)!);
    checks.push({ name: file.name, path, state: await stateOf(path, file, signal) });
  }
  return checks;
}

async function stateOf(path: string, file: ModelFile, signal: AbortSignal): Promise<FileState> {
  const stats = await statIfThere(path);
  if (!stats) return 'missing';
  if (!stats.isFile() || stats.size !== file.bytes) return 'changed';
  return (await sha256Of(path, signal)) === file.sha256 ? 'whole' : 'changed';
}

/** Absent when there is nothing at `path`. */
export async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Hexadecimal. Rejects with the signal's reason on abort, and when the file cannot be read. */
export async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return hash.digest('hex');
}
