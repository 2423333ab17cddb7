// What is remembered of dictations, and for how long. Only one process can have it open.

import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { ClassicLevel } from 'classic-level';
import { openRecordings } from './recordings.ts';
import type { Recordings } from './recordings.ts';

/** Stands in the name of a history that could not be read, before the time. */
const ASIDE = '.broken-';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface History {
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
  /** Told when a history that cannot be read was put aside. */
  warn(error: VoiceInputError): void;
}

/** Rejects with `ERR_DAEMON_RUNNING` when another process has it open, `ERR_STORAGE` when it cannot be kept there. */
export async function openHistory({ folder, settings, warn }: HistoryOptions): Promise<History> {
  const place = join(folder, 'history');
  await makeFolder(place, 0o700).catch((error: unknown) => refuse(place, error));
  await chmod(folder, 0o700);
  const store = await openStore(place, warn);
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
  async function rewrite(changes: readonly Change[]): Promise<void> {
    const keys = changes.map(({ key }) => key).sort();
    const [first, last] = [keys[0], keys.at(-1)];
    if (first === undefined || last === undefined) return;
    // The database leaves old values out when it merges tables; what is not in a table yet would go into one with its old values.
    await store.compactRange(first, last);
    await store.batch([...changes]);
    await store.compactRange(first, last);
  }

  return {
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
      const changes: Change[] = [];
      for await (const entry of store.values()) {
        const { id: key, text } = entry;
        if (Date.parse(entry.endedAt) < oldest) changes.push({ type: 'del', key });
        else if (!settings.keepText && text !== undefined)
          changes.push({ type: 'put', key, value: withoutText(entry) });
      }
      for (const { type, key } of changes) if (type === 'del') await recordings.remove(key);
      await rewrite(changes);
      await removeAside(folder, settings.keepText ? oldest : Infinity);
      // What has no entry was not read yet, however old it is.
      const audioMs = settings.keepAudio ? settings.audioHours * HOUR_MS : 0;
      await recordings.removeBefore(now.getTime() - audioMs, has);
    },
    close: () => store.close(),
  };
}

type Store = ClassicLevel<string, HistoryEntry>;

type Change =
  | { readonly type: 'del'; readonly key: string }
  | { readonly type: 'put'; readonly key: string; readonly value: HistoryEntry };

export function withoutText({ draft: _draft, text: _text, ...entry }: HistoryEntry): HistoryEntry {
  return entry;
}

async function openStore(place: string, warn: HistoryOptions['warn']): Promise<Store> {
  try {
    return await openAt(place);
  } catch (error) {
    if (codeOf(error) === 'LEVEL_LOCKED')
      throw new VoiceInputError('ERR_DAEMON_RUNNING', `Another daemon is using the history (${place}).`, {
        cause: error,
      });
    if (codeOf(error) !== 'LEVEL_CORRUPTION') return refuse(place, error);
    const aside = `${place}${ASIDE}${Date.now()}`;
    await rename(place, aside);
    warn(
      new VoiceInputError(
        'ERR_STORAGE',
        `The history is damaged. It was moved to ${aside}, and a new one was started.`,
        {
          cause: error,
        },
      ),
    );
    await mkdir(place, { mode: 0o700 });
    return openAt(place);
  }
}

/** Removes histories that could not be read and were put aside before `time` (ms since 1970): no text in them is newer. */
async function removeAside(folder: string, time: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, asideAt = NaN] = name.split(ASIDE).map(Number);
    if (asideAt < time) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function openAt(place: string): Promise<Store> {
  const store: Store = new ClassicLevel(place, { valueEncoding: 'json' });
  await store.open();
  return store;
}

/** The store wraps what the database said; its own code is the cause's. */
function codeOf(error: unknown): unknown {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return cause === undefined ? code : codeOf(cause);
}

function refuse(place: string, error: unknown): never {
  throw new VoiceInputError('ERR_STORAGE', `The history in ${place} cannot be opened: ${(error as Error).message}`, {
    cause: error,
  });
}
