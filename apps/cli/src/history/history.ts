// What is remembered of dictations, and for how long. Only one process can have it open.

import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry } from '@voiceinput/client';
import type { HistorySettings } from '@voiceinput/engine';
import { createWorkQueue, isVoiceInputError, makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { BELIEVED_AFTER_MS, machineClocks, openClock } from './clock.ts';
import type { Clocks } from './clock.ts';
import { followIds } from './id.ts';
import { openRecordings } from './recordings.ts';
import type { Recordings } from './recordings.ts';
import { memoryStore, openStore, removeAside } from './store.ts';
import type { KeptEntry, StoreChange, Store, StoreOptions } from './store.ts';
import { separateRewriting } from './rewriting.ts';

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
  /** Adds what became known of an entry later; one that is not there yet gets it when it is put. Gives it when it is there. */
  note(id: string, what: EntryNote): Promise<HistoryEntry | undefined>;
  /** Newest first. `query`: words that draft, text or correction contain, in any case. */
  list(request: ListRequest): Promise<HistoryEntry[]>;
  /**
   * Nothing of it stays, in no file of the history either. What a repair set aside cannot be searched and goes whole:
   * `damagedCopies` says how many such copies went.
   */
  remove(id: string): Promise<{ readonly damagedCopies: number }>;
  /** As `remove`, of all, or of all that were corrected. */
  clear(which: Which): Promise<{ readonly removed: number; readonly damagedCopies: number }>;
  size(which: Which): Promise<KeptSize>;
  /**
   * Removes what was kept for as long as it may be or is not to be kept any more; recordings that wait to be read stay.
   * A date that is more than a day ahead counts only once the daemon has run for some hours with it.
   */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** What becomes known of an entry later. */
export type EntryNote = Pick<HistoryEntry, 'left' | 'correction'>;

export interface Which {
  readonly corrected?: boolean | undefined;
}

export interface KeptSize {
  readonly dictations: number;
  readonly recordings: number;
  readonly recordingBytes: number;
}

export interface ListRequest extends Which {
  readonly limit?: number | undefined;
  /** Only entries before this one. */
  readonly before?: string | undefined;
  readonly query?: string | undefined;
}

export interface HistoryOptions {
  readonly folder: string;
  /** What is to be kept now. */
  settings(): HistorySettings;
  /** Default: the machine's. */
  readonly clocks?: Clocks;
  /** Told when a damaged history was repaired, and when a date that may be wrong would make texts too old. */
  warn(error: VoiceInputError): void;
}

/**
 * Where nothing can be kept on disk, entries are kept in memory, and `trouble` says why. Rejects with `ERR_DAEMON_RUNNING`
 * when another process has the history open.
 */
export async function openHistory({
  folder,
  settings,
  clocks = machineClocks,
  warn,
}: HistoryOptions): Promise<History> {
  const clock = await openClock(join(folder, 'clock.json'), clocks);
  const storing = { warn, nowMs: clock.nowMs };
  const opened = await openSomewhere(folder, storing);
  const { trouble } = opened;
  let { store } = opened;
  const recordings = await openRecordings(join(folder, 'recordings'));
  const [newest] = await collected(store.values({ reverse: true, limit: 1 }));
  if (newest !== undefined) {
    followIds(newest.id);
    clock.catchUp(keptSince(newest));
  }
  let isDateTold = false;
  // Old values stay in the files for those who began to read before.
  const files = separateRewriting();

  /** Of entries that are not there yet. */
  const noted = new Map<string, EntryNote>();

  async function matching({ corrected = false }: Which): Promise<HistoryEntry[]> {
    const all = await files.read(() => collected(store.values({})));
    return corrected ? all.filter(isCorrected) : all;
  }

  async function* newestFirst(before?: string): AsyncGenerator<HistoryEntry> {
    const range = before === undefined ? {} : { lt: before };
    for await (const entry of store.values({ ...range, reverse: true })) {
      yield { ...withoutTime(entry), hasAudio: await recordings.has(entry.id) };
    }
  }

  async function get(id: string): Promise<HistoryEntry> {
    const found = await files.read(() => collected(store.values({ gte: id, lt: `${id}\uffff`, limit: 2 })));
    const entry = found.find((one) => one.id === id) ?? (found.length === 1 ? found[0] : undefined);
    if (entry !== undefined) return { ...withoutTime(entry), hasAudio: await recordings.has(entry.id) };
    const message =
      found.length > 1 ? `Several dictation IDs start with "${id}".` : `The history has no dictation "${id}".`;
    throw new VoiceInputError('ERR_HISTORY_UNKNOWN', message);
  }

  const has = async (id: string): Promise<boolean> => (await files.read(() => store.get(id))) !== undefined;

  /** What was there before stays in no file. Gives how many damaged copies went with it. */
  async function rewrite(changes: readonly StoreChange[]): Promise<number> {
    const keys = changes.map(({ key }) => key).sort();
    const [first, last] = [keys[0], keys.at(-1)];
    if (first === undefined || last === undefined) return 0;
    // First: while the entry is there, what failed can be tried again.
    const copies = await removeCopies(Infinity);
    await files.rewrite(async () => {
      // The database leaves old values out when it merges tables; what is not in a table yet would go into one with its old values.
      await store.compactRange(first, last);
      await store.batch([...changes]);
      await store.compactRange(first, last);
      if (changes.some(({ type }) => type === 'del')) await store.forgetIds();
    });
    return copies;
  }

  /** The folder was removed: what is written into its open files would be gone with them. */
  const beginAnew = (): Promise<void> =>
    files.rewrite(async () => {
      const place = join(folder, 'history');
      await store.close();
      await makeFolder(place, 0o700);
      store = await openStore(place, storing);
    });

  /** What is only kept in memory is in no copy. */
  const removeCopies = async (time: number): Promise<number> => (trouble === undefined ? removeAside(folder, time) : 0);

  /** What is only kept in memory goes with the process. */
  const saveClock = async (): Promise<void> => (trouble === undefined ? clock.save() : undefined);

  /** Once: texts go that would stay if the date were right. */
  function tellDate(entries: readonly KeptEntry[], now: number): void {
    const textMs = settings().textDays * DAY_MS;
    const count = entries.filter((entry) => keptSince(entry) < clocks.dateMs() - textMs).length;
    if (isDateTold || count === 0) return;
    isDateTold = true;
    warn(dateInDoubt(clocks.dateMs() - now, count));
  }

  return changedInOrder({
    trouble,
    recordings,
    async put(told) {
      const entry = { ...told, ...noted.get(told.id) };
      noted.delete(told.id);
      const { keepText, keepAudio } = settings();
      if (trouble === undefined && !existsSync(join(folder, 'history', 'CURRENT'))) await beginAnew();
      const kept = keepText ? entry : withoutText(entry);
      await files.read(async () => {
        const { keptSinceMs = clock.nowMs() } = (await store.get(entry.id)) ?? {};
        await store.put(entry.id, { ...kept, hasAudio: keepAudio && entry.hasAudio, keptSinceMs });
      });
      // Last: until the text is stored, the recording is all there is.
      if (!keepAudio) await recordings.remove(entry.id);
      return { ...entry, hasAudio: await recordings.has(entry.id) };
    },
    get,
    has,
    async note(id, what) {
      const kept = await files.read(() => store.get(id));
      if (kept === undefined) {
        noted.set(id, { ...noted.get(id), ...what });
        return undefined;
      }
      // What was said there before stays in no file.
      await rewrite([{ type: 'put', key: id, value: { ...kept, ...what } }]);
      return get(id);
    },
    async list({ limit = 50, before, query, corrected = false }) {
      const fits = (entry: HistoryEntry): boolean => (!corrected || isCorrected(entry)) && containsWords(entry, query);
      return files.read(async () => {
        const entries: HistoryEntry[] = [];
        for await (const entry of newestFirst(before)) {
          if (fits(entry)) entries.push(entry);
          if (entries.length >= limit) break;
        }
        return entries;
      });
    },
    async remove(id) {
      const { id: key } = await get(id);
      await recordings.remove(key);
      return { damagedCopies: await rewrite([{ type: 'del', key }]) };
    },
    async clear(which) {
      const entries = await matching(which);
      for (const { id } of entries) await recordings.remove(id);
      const damagedCopies = await rewrite(entries.map(({ id: key }) => ({ type: 'del', key })));
      return { removed: entries.length, damagedCopies };
    },
    async size(which) {
      const entries = await matching(which);
      const bytes = await Promise.all(entries.map(({ id }) => recordings.bytesOf(id)));
      return {
        dictations: entries.length,
        recordings: bytes.filter((one) => one > 0).length,
        recordingBytes: bytes.reduce((sum, one) => sum + one, 0),
      };
    },
    async sweep() {
      const { keepText, keepAudio, textDays, audioHours, keepCorrected } = settings();
      const now = clock.nowMs();
      const oldest = now - textDays * DAY_MS;
      const entries = await files.read(() => collected(store.values({})));
      const stays = (entry: HistoryEntry): boolean => keepCorrected && keepText && isCorrected(entry);
      const changes = entries.flatMap((entry): StoreChange[] => {
        const { id: key, draft, text } = entry;
        if (keptSince(entry) < oldest && !stays(entry)) return [{ type: 'del', key }];
        const isTold = draft !== undefined || text !== undefined;
        return !keepText && isTold ? [{ type: 'put', key, value: withoutText(entry) }] : [];
      });
      for (const { type, key } of changes) if (type === 'del') await recordings.remove(key);
      await rewrite(changes);
      await removeCopies(keepText ? oldest : Infinity);
      const gone = new Set(changes.filter(({ type }) => type === 'del').map(({ key }) => key));
      const left = entries.filter((entry) => !gone.has(entry.id) && !stays(entry));
      // A recording without an entry was not read yet, and stays however old it is.
      const oldestAudio = keepAudio ? now - audioHours * HOUR_MS : Infinity;
      for (const entry of left) if (keptSince(entry) < oldestAudio) await recordings.remove(entry.id);
      tellDate(left, now);
      await saveClock();
    },
    async close() {
      try {
        await saveClock();
      } finally {
        await store.close();
      }
    },
  });
}

/** Each change is made from what the one before left. */
function changedInOrder(history: History): History {
  const { add } = createWorkQueue();
  return {
    ...history,
    put: (entry) => add(() => history.put(entry)),
    note: (id, what) => add(() => history.note(id, what)),
    remove: (id) => add(() => history.remove(id)),
    clear: (which) => add(() => history.clear(which)),
    sweep: () => add(() => history.sweep()),
  };
}

async function collected(entries: AsyncIterable<HistoryEntry>): Promise<HistoryEntry[]> {
  const all: HistoryEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

/** Entries of older versions say only when their dictation ended. */
const keptSince = ({ keptSinceMs, endedAt }: KeptEntry): number => keptSinceMs ?? Date.parse(endedAt);

function withoutTime({ keptSinceMs: _since, ...entry }: KeptEntry): HistoryEntry {
  return entry;
}

function dateInDoubt(aheadMs: number, count: number): VoiceInputError {
  const [days, hours] = [Math.round(aheadMs / DAY_MS), BELIEVED_AFTER_MS / HOUR_MS];
  const dictations = count === 1 ? 'one old dictation' : `${count} old dictations`;
  return new VoiceInputError(
    'ERR_CLOCK',
    `The date is ${days} days ahead of when VoiceInput last ran. If that is right, ${dictations} will be deleted.`,
    { hint: `If the date of this machine is wrong, set it right within the next ${hours} hours.` },
  );
}

export function withoutText<Entry extends HistoryEntry>({
  draft: _draft,
  text: _text,
  correction: _said,
  ...entry
}: Entry): Omit<Entry, 'draft' | 'text' | 'correction'> {
  return entry;
}

const isCorrected = ({ correction }: HistoryEntry): boolean => correction !== undefined;

/** Whether each of the words of `query` is in one of its texts, in any case. */
export function containsWords({ draft = '', text = '', correction = '' }: HistoryEntry, query = ''): boolean {
  const all = `${draft}\n${text}\n${correction}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

async function openSomewhere(
  folder: string,
  options: StoreOptions,
): Promise<{ readonly store: Store; readonly trouble: VoiceInputError | undefined }> {
  const place = join(folder, 'history');
  try {
    await makeFolder(place, 0o700);
    await chmod(folder, 0o700);
    return { store: await openStore(place, options), trouble: undefined };
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
