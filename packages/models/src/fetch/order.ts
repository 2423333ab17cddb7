// What is to be fetched, and where it goes.

import type { ModelEntry } from '@voiceinput/plugin-api';

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

/** What has to come: its name for messages, how large it is, and its checksum as `sha256-` or `sha512-` and base64. */
export interface PinnedFile {
  readonly what: string;
  readonly bytes: number;
  readonly integrity: string;
}
