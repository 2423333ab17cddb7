// Where entries of the history lie: a database that is repaired when it is damaged, or memory where there can be none.

import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { ClassicLevel } from 'classic-level';

/** Stands in the name of a history that was damaged, before the time. */
const ASIDE = '.broken-';
/** Ends the name of a history that could not be repaired, while it is removed. */
const UNREADABLE = '.unreadable';

/** Where a repair puts the files that it read. */
const LOST = 'lost';

/** An entry as it lies there. */
export interface KeptEntry extends HistoryEntry {
  /** When it was kept first, by the clock of the history, in ms since 1970. Absent in those of older versions. */
  readonly keptSinceMs?: number;
}

export type StoreChange =
  | { readonly type: 'del'; readonly key: string }
  | { readonly type: 'put'; readonly key: string; readonly value: KeptEntry };

interface Range {
  readonly gte?: string;
  readonly lt?: string;
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** Entries by ID, in the order of IDs. */
export interface Store {
  get(key: string): Promise<KeptEntry | undefined>;
  put(key: string, value: KeptEntry): Promise<void>;
  batch(changes: StoreChange[]): Promise<void>;
  values(range: Range): AsyncIterable<KeptEntry>;
  /** Leaves no value that was replaced or removed in any file. */
  compactRange(first: string, last: string): Promise<void>;
  /** Leaves no ID that was removed in any file. Nobody may read meanwhile. */
  forgetIds(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** By the clock of the history, in ms since 1970. */
  nowMs(): number;
  /** Told when a damaged history was repaired. */
  warn(error: VoiceInputError): void;
}

/** Rejects with `ERR_DAEMON_RUNNING` when another process has it open, else with what the disk says. */
export async function openStore(place: string, options: StoreOptions): Promise<Store> {
  try {
    if (await lacksIndex(place)) throw new Error('its index is missing');
    return await openWhole(place);
  } catch (error) {
    if (codeOf(error) === 'LEVEL_LOCKED')
      throw new VoiceInputError('ERR_DAEMON_RUNNING', `Another daemon is using the history (${place}).`, {
        cause: error,
      });
    if (isDiskTrouble(error)) throw error;
    return repaired(place, error, options);
  }
}

/** Keeps entries until the daemon stops. */
export function memoryStore(): Store {
  const entries = new Map<string, KeptEntry>();
  return {
    get: async (key) => entries.get(key),
    put: async (key, value) => void entries.set(key, value),
    async batch(changes) {
      for (const change of changes)
        if (change.type === 'del') entries.delete(change.key);
        else entries.set(change.key, change.value);
    },
    async *values({ gte = '', lt, limit = Infinity, reverse = false }) {
      const keys = [...entries.keys()].filter((key) => key >= gte && (lt === undefined || key < lt)).sort();
      for (const key of (reverse ? keys.toReversed() : keys).slice(0, limit)) yield entries.get(key)!;
    },
    compactRange: async () => undefined,
    forgetIds: async () => undefined,
    close: async () => undefined,
  };
}

/**
 * Removes damaged histories that were set aside before `time` (ms since 1970): no text in them is newer. What a repair left
 * that was interrupted goes whatever the time. Gives how many went.
 */
export async function removeAside(folder: string, time: number): Promise<number> {
  const names = (await readdir(folder)).filter((name) => {
    const [, asideAt = NaN] = name.split(ASIDE).map(Number);
    return name.endsWith(UNREADABLE) || asideAt < time;
  });
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  return names.length;
}

/** The database would take itself for new then, and delete its tables. */
async function lacksIndex(place: string): Promise<boolean> {
  const names = await readdir(place);
  return !names.includes('CURRENT') && names.some((name) => /\.(ldb|sst|log)$/.test(name));
}

/** What is damaged inside of a table shows only when it is read. */
async function openWhole(place: string): Promise<Store> {
  const store = await openAt(place);
  try {
    for await (const _entry of store.values({})) continue;
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openAt(place: string): Promise<Store> {
  const database = new ClassicLevel<string, KeptEntry>(place, { valueEncoding: 'json' });
  await database.open();
  // A repair moves there what it read; all of it is in the copy.
  await rm(join(place, LOST), { recursive: true, force: true });
  let isOver = false;
  /** A full disk may have kept it from being opened again. */
  const opened = async () => {
    if (!isOver && database.status !== 'open') await database.open();
    return database;
  };
  return {
    get: async (key) => (await opened()).get(key),
    put: async (key, value) => (await opened()).put(key, value),
    batch: async (changes) => (await opened()).batch(changes),
    async *values(range) {
      yield* (await opened()).values(range);
    },
    compactRange: async (first, last) => (await opened()).compactRange(first, last),
    async forgetIds() {
      // The database notes where its tables begin and end, what it merged and how far; a repair makes these notes anew.
      await database.close();
      await ClassicLevel.repair(place);
      for (const notes of ['LOG', 'LOG.old', LOST]) await rm(join(place, notes), { recursive: true, force: true });
      await database.open();
    },
    async close() {
      isOver = true;
      await database.close();
    },
  };
}

/** What can be read again stays; a copy of all as it was lies beside. */
async function repaired(place: string, cause: unknown, { nowMs, warn }: StoreOptions): Promise<Store> {
  const aside = `${place}${ASIDE}${Math.round(nowMs())}`;
  try {
    await cp(place, aside, { recursive: true });
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
  const store = await openRepaired(place).catch(() => openNew(place));
  let count = 0;
  for await (const _entry of store.values({})) count += 1;
  const why = cause instanceof Error ? cause.message : String(cause);
  warn(
    new VoiceInputError('ERR_STORAGE', `The history was damaged (${why}). ${count} dictations could be recovered.`, {
      hint: `A copy of the damaged files is in ${aside} until a dictation is removed or expires; keep another one if you need it.`,
      cause,
    }),
  );
  return store;
}

async function openRepaired(place: string): Promise<Store> {
  await ClassicLevel.repair(place);
  const store = await openAt(place);
  const whole: KeptEntry[] = [];
  try {
    // A value may be cut even where its table is whole.
    for await (const entry of store.values({})) if (isEntry(entry)) whole.push(entry);
    return store;
  } catch {
    await store.close();
    const anew = await openNew(place);
    for (const entry of whole) await anew.put(entry.id, entry);
    return anew;
  }
}

async function openNew(place: string): Promise<Store> {
  const unreadable = `${place}${UNREADABLE}`;
  await rm(unreadable, { recursive: true, force: true });
  await rename(place, unreadable);
  await rm(unreadable, { recursive: true, force: true });
  await mkdir(place, { mode: 0o700 });
  return openAt(place);
}

const isEntry = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string';

/** No repair would help. */
function isDiskTrouble(error: unknown): boolean {
  const message = messagesOf(error);
  return /No space left|Read-only file system|Permission denied|EACCES|EROFS|ENOSPC|EDQUOT|Disk quota/i.test(message);
}

function messagesOf(error: unknown): string {
  const { message = '', cause } = error as { message?: string; cause?: unknown };
  return cause === undefined ? message : `${message} ${messagesOf(cause)}`;
}

/** The store wraps what the database said; its own code is the cause's. */
function codeOf(error: unknown): unknown {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return cause === undefined ? code : codeOf(cause);
}
