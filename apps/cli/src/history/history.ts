// What is remembered of dictations, and for how long. Only one process can have it open.

import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import { isVoiceInputError, makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { openRecordings } from './recordings.ts';
import type { Recordings } from './recordings.ts';
import { memoryStore, openStore, removeAside } from './store.ts';
import type { StoreChange, Store } from './store.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface History {
  /** Why entries are only kept until the daemon stops. Absent when they are kept on disk. */
  readonly trouble: VoiceInputError | undefined;
  readonly recordings: Recordings;
  /** Keeps an entry, without texts and audio that are not to be kept. Gives it as it is kept. */
  put(entry: HistoryEntry): Promise<HistoryEntry>;
  /** Rejects with `ERR_HISTORY_UNKNOWN`. The beginning of an id will do where it is the only one. */
  get(id: string): Promise<HistoryEntry>;
  has(id: string): Promise<boolean>;
  /** Newest first. `query`: words that draft or text contain, in any case. */
  list(request: ListRequest): Promise<HistoryEntry[]>;
  /** Nothing of it stays, in no file of the history either. */
  remove(id: string): Promise<void>;
  /** Removes what is older than it may be or is not to be kept any more; recordings that wait to be read stay. */
  sweep(now: Date): Promise<void>;
  close(): Promise<void>;
}

export interface ListRequest {
  readonly limit?: number | undefined;
  /** Only entries before this one. */
  readonly before?: string | undefined;
  readonly query?: string | undefined;
}

export interface HistoryOptions {
  readonly folder: string;
  readonly settings: HistorySettings;
  /** Told when a damaged history was repaired. */
  warn(error: VoiceInputError): void;
}

/**
 * Where nothing can be kept on disk, entries are kept in memory, and `trouble` says why. Rejects with `ERR_DAEMON_RUNNING`
 * when another process has the history open.
 */
export async function openHistory({ folder, settings, warn }: HistoryOptions): Promise<History> {
  const { store, trouble } = await openSomewhere(folder, warn);
  const recordings = await openRecordings(join(folder, 'recordings'));

  async function* newestFirst(before?: string): AsyncGenerator<HistoryEntry> {
    const range = before === undefined ? {} : { lt: before };
    for await (const entry of store.values({ ...range, reverse: true })) {
      yield { ...entry, hasAudio: await recordings.has(entry.id) };
    }
  }

  async function get(id: string): Promise<HistoryEntry> {
    const found: HistoryEntry[] = [];
    for await (const entry of store.values({ gte: id, lt: `${id}\uffff`, limit: 2 })) found.push(entry);
    const entry = found.find((one) => one.id === id) ?? (found.length === 1 ? found[0] : undefined);
    if (entry !== undefined) return { ...entry, hasAudio: await recordings.has(entry.id) };
    const message =
      found.length > 1 ? `Several dictation IDs start with "${id}".` : `The history has no dictation "${id}".`;
    throw new VoiceInputError('ERR_HISTORY_UNKNOWN', message);
  }

  const has = async (id: string): Promise<boolean> => (await store.get(id)) !== undefined;

  /** What was there before stays in no file. */
  async function rewrite(changes: readonly StoreChange[]): Promise<void> {
    const keys = changes.map(({ key }) => key).sort();
    const [first, last] = [keys[0], keys.at(-1)];
    if (first === undefined || last === undefined) return;
    // The database leaves old values out when it merges tables; what is not in a table yet would go into one with its old values.
    await store.compactRange(first, last);
    await store.batch([...changes]);
    await store.compactRange(first, last);
  }

  return {
    trouble,
    recordings,
    async put(entry) {
      const kept = settings.keepText ? entry : withoutText(entry);
      await store.put(entry.id, { ...kept, hasAudio: settings.keepAudio && entry.hasAudio });
      // Last: until the text is stored, the recording is all there is.
      if (!settings.keepAudio) await recordings.remove(entry.id);
      return { ...entry, hasAudio: await recordings.has(entry.id) };
    },
    get,
    has,
    async list({ limit = 50, before, query = '' }) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = ({ draft = '', text = '' }: HistoryEntry): boolean => {
        const all = `${draft}\n${text}`.toLowerCase();
        return words.every((word) => all.includes(word));
      };
      const entries: HistoryEntry[] = [];
      for await (const entry of newestFirst(before)) {
        if (fits(entry)) entries.push(entry);
        if (entries.length >= limit) break;
      }
      return entries;
    },
    async remove(id) {
      const { id: key } = await get(id);
      await recordings.remove(key);
      await rewrite([{ type: 'del', key }]);
    },
    async sweep(now) {
      const oldest = now.getTime() - settings.textDays * DAY_MS;
      const changes: StoreChange[] = [];
      for await (const entry of store.values({})) {
        const { id: key, text } = entry;
        if (Date.parse(entry.endedAt) < oldest) changes.push({ type: 'del', key });
        else if (!settings.keepText && text !== undefined)
          changes.push({ type: 'put', key, value: withoutText(entry) });
      }
      for (const { type, key } of changes) if (type === 'del') await recordings.remove(key);
      await rewrite(changes);
      if (trouble === undefined) await removeAside(folder, settings.keepText ? oldest : Infinity);
      // What has no entry was not read yet, however old it is.
      const audioMs = settings.keepAudio ? settings.audioHours * HOUR_MS : 0;
      await recordings.removeBefore(now.getTime() - audioMs, has);
    },
    close: () => store.close(),
  };
}

export function withoutText({ draft: _draft, text: _text, ...entry }: HistoryEntry): HistoryEntry {
  return entry;
}

async function openSomewhere(
  folder: string,
  warn: HistoryOptions['warn'],
): Promise<{ readonly store: Store; readonly trouble: VoiceInputError | undefined }> {
  const place = join(folder, 'history');
  try {
    await makeFolder(place, 0o700);
    await chmod(folder, 0o700);
    return { store: await openStore(place, warn), trouble: undefined };
  } catch (error) {
    if (isVoiceInputError(error)) throw error;
    return { store: memoryStore(), trouble: notKept(place, error) };
  }
}

function notKept(place: string, error: unknown): VoiceInputError {
  const why = reasonOf(error);
  return new VoiceInputError(
    'ERR_STORAGE',
    `The history in ${place} cannot be opened: ${why}. Dictations are only kept until the daemon stops.`,
    { cause: error },
  );
}

/** The database wraps the reason of the disk. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: unknown };
  return cause === undefined ? (message ?? String(error)).replace(/\.$/, '') : reasonOf(cause);
}
