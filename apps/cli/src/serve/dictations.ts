// The course of dictations: one is recorded at a time, those before it are read on, each ends up in the history.

import type { DaemonEvent, HistoryEntry, Mode, Recording } from '@voiceinput/client';
import type { DictationSettings, Engine, PartChoice } from '@voiceinput/engine';
import type { EventBody, SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs, VoiceInputError } from '@voiceinput/plugin-api';
import sinkNowhere from '../built-in/sink-nowhere.ts';
import { withoutText } from '../history/history.ts';
import type { History } from '../history/history.ts';
import { newId, timeOf } from '../history/id.ts';
import type { Broadcast } from './broadcast.ts';

export interface Dictations {
  /** What is being recorded now. */
  readonly recording: Recording | undefined;
  /** Dictations that were released and are still being read, oldest first. */
  readonly transcribing: readonly string[];
  /** Whether a session is one of these: spoken into the microphone and not over. */
  isLive(sessionId: unknown): boolean;
  /** Begins to record; gives the recording that is under way if there is one. Throws `ERR_DAEMON_LOST` when the daemon ends. */
  start(request: StartRequest): Recording;
  /** Ends the recording; what was said until now is read. Gives its id. */
  stop(): string | undefined;
  /** Drops the recording, else the newest that is still being read. Gives its id. */
  cancel(): string | undefined;
  /** Drops the recording, which was never meant as a dictation: the history does not hear of it. */
  withdraw(): void;
  /** The newest that wrote something into its sink, or that `wrote` named. */
  readonly newest: string | undefined;
  /** A text was written that nobody spoke now. */
  wrote(sessionId: string): void;
  /** The entry of a dictation when it is over. Rejects with `ERR_HISTORY_UNKNOWN`. */
  resultOf(id: string): Promise<HistoryEntry>;
  /** Reads a kept recording as a dictation of its own that is inserted nowhere. */
  reread(request: RereadRequest): Promise<HistoryEntry>;
  /** Settles when those that are under way now are over. */
  quiet(): Promise<void>;
  /** Begins none any more. Settles when all are over. */
  finished(): Promise<void>;
}

export interface StartRequest {
  readonly mode?: Mode | undefined;
  readonly sink?: PartChoice | undefined;
}

export interface RereadRequest {
  /** What the entry is called. Absent: as now. */
  readonly id?: string;
  readonly mode: 'recovered' | 'retry';
  readonly engine: Engine;
  readonly path: string;
  readonly profile: string;
  readonly retryOf?: string;
}

export interface DictationsPort {
  readonly history: History;
  readonly broadcast: Broadcast;
  settings(): DictationSettings;
  engine(): { readonly engine: Engine; readonly profile: string };
}

interface UnderWay {
  readonly recording: Recording;
  readonly released: AbortController;
  readonly cancelling: AbortController;
  readonly entry: Promise<HistoryEntry>;
  isMeant: boolean;
  /** Whether anybody spoke. */
  isHeard: boolean;
}

/** What the history gets: all of it, just that it was, or nothing. */
type Remembered = 'all' | 'entry' | 'nothing';

/** Of how many that the history knows nothing of is said what became of them. */
const MOST_UNREMEMBERED = 20;
const NOWHERE: PartChoice = { use: sinkNowhere.id, options: {} };

export function createDictations({ history, broadcast, settings, engine: engineNow }: DictationsPort): Dictations {
  const underWay = new Map<string, UnderWay>();
  /** Who waits for one of them gets an answer. */
  const unremembered = new Map<string, HistoryEntry>();
  let current: UnderWay | undefined;
  let newest: string | undefined;
  let ending = false;

  // A silence, a lost microphone or the user: whatever ends the recording, the engine says so.
  broadcast.listen((event) => {
    const over = event.type === 'released' || event.type === 'session-ended';
    if (over && current !== undefined && event['sessionId'] === current.recording.sessionId) ended();
    const speaking = event.type === 'speech-started' ? underWay.get(String(event['sessionId'])) : undefined;
    if (speaking !== undefined) speaking.isHeard = true;
    if (isApplied(event) && underWay.has(event.sessionId)) wrote(event.sessionId);
  });

  async function quiet(): Promise<void> {
    await Promise.allSettled([...underWay.values()].map(({ entry }) => entry));
  }

  function ended(): void {
    if (current === undefined) return;
    current = undefined;
    tellState();
  }

  /** Their names sort as they were begun; a better text of an earlier one may come late. */
  function wrote(sessionId: string): void {
    if (newest === undefined || sessionId > newest) newest = sessionId;
  }

  function warn(sessionId: string, error: unknown): void {
    broadcast.emit({ type: 'warning', sessionId, error: storageError(error).toJSON() });
  }

  function tellState(): void {
    broadcast.emit({ type: 'state', ...(current && { recording: current.recording }) });
  }

  function start({ mode = settings().mode, sink = settings().sink }: StartRequest): Recording {
    if (current !== undefined) return current.recording;
    if (ending) throw new VoiceInputError('ERR_DAEMON_LOST', 'The daemon is ending; nothing is recorded any more.');
    const { source, silenceMs, longestMs } = settings();
    const { engine, profile } = engineNow();
    const startedAt = new Date();
    const sessionId = newId();
    const recording = { sessionId, mode, startedAt: startedAt.toISOString() };
    const released = new AbortController();
    const cancelling = new AbortController();
    const stuck = setTimeout(() => released.abort(), longestMs);
    const request = {
      label: 'microphone',
      source,
      sink,
      sessionId,
      released: released.signal,
      journal: history.recordings.pathOf(sessionId),
      ...(mode === 'hands-free' && { silenceMs }),
    };
    const entry = engine
      .dictate(request, cancelling.signal)
      .then((result) => {
        const about = { id: sessionId, mode, profile, startedAt };
        return keep(result, about, rememberedOf(begun));
      })
      .finally(() => {
        clearTimeout(stuck);
        underWay.delete(sessionId);
      });
    // Whoever waits for it hears of a failure; nobody has to wait.
    entry.catch((error: unknown) => warn(sessionId, error));
    const begun: UnderWay = { recording, released, cancelling, entry, isMeant: true, isHeard: false };
    current = begun;
    underWay.set(sessionId, begun);
    tellState();
    return recording;
  }

  async function keep(result: SessionResult, about: About, remembered: Remembered): Promise<HistoryEntry> {
    const { id } = about;
    const isDropped = remembered !== 'all';
    if (isDropped || result.secret === true) await history.recordings.remove(id);
    const hasAudio = await history.recordings.has(id);
    const entry = entryOf(result, { ...about, hasAudio });
    // The daemon ends before it was read: without an entry the next one reads it.
    if (result.outcome === 'cancelled' && !isDropped && hasAudio) return entry;
    // What was dropped, or dictated into a password field, is remembered nowhere.
    const kept = isDropped || result.secret === true ? withoutText(entry) : entry;
    if (isDropped) broadcast.forget(id);
    const stored = remembered === 'nothing' ? passOver(kept) : await store(kept);
    broadcast.emit({ type: 'history', sessionId: id, outcome: result.outcome });
    return stored;
  }

  function store(entry: HistoryEntry): Promise<HistoryEntry> {
    return history.put(entry).catch((error: unknown) => {
      warn(entry.id, error);
      return entry;
    });
  }

  function passOver(entry: HistoryEntry): HistoryEntry {
    unremembered.set(entry.id, entry);
    const [oldest = ''] = unremembered.keys();
    if (unremembered.size > MOST_UNREMEMBERED) unremembered.delete(oldest);
    return entry;
  }

  function drop(dropped: UnderWay | undefined): string | undefined {
    ended();
    dropped?.cancelling.abort(new VoiceInputError('ERR_ABORTED', 'The user dropped the dictation.'));
    return dropped?.recording.sessionId;
  }

  return {
    get recording() {
      return current?.recording;
    },
    get transcribing() {
      return [...underWay.keys()].filter((id) => id !== current?.recording.sessionId);
    },
    isLive: (sessionId) => typeof sessionId === 'string' && underWay.has(sessionId),
    start,
    stop() {
      const stopped = current;
      // At once: it may still be opening, and the user may speak again before it has.
      ended();
      stopped?.released.abort();
      return stopped?.recording.sessionId;
    },
    cancel: () => drop(current ?? [...underWay.values()].at(-1)),
    withdraw() {
      if (current === undefined) return;
      current.isMeant = false;
      drop(current);
    },
    get newest() {
      return newest;
    },
    wrote,
    resultOf: async (id) => underWay.get(id)?.entry ?? unremembered.get(id) ?? history.get(id),
    async reread({ id = newId(), mode, engine, path, profile, retryOf }) {
      const startedAt = (mode === 'recovered' ? timeOf(id) : undefined) ?? new Date();
      const source = { use: 'source-file', options: { path, raw: true } };
      // A place of its own: whoever speaks into the history meanwhile does not wait for it.
      const sink = { ...NOWHERE, options: { recording: id } };
      const request = { label: 'microphone', source, sink, sessionId: id, background: true };
      const result = await engine.dictate(request, new AbortController().signal);
      return keep(result, { id, mode, profile, startedAt, ...(retryOf !== undefined && { retryOf }) }, 'all');
    },
    quiet,
    finished() {
      ending = true;
      return quiet();
    },
  };
}

/** What the user dropped before a word was said need not be remembered as anything. */
function rememberedOf({ cancelling, isMeant, isHeard }: UnderWay): Remembered {
  if (!cancelling.signal.aborted) return 'all';
  return isMeant && isHeard ? 'entry' : 'nothing';
}

interface About {
  readonly id: string;
  readonly mode: HistoryEntry['mode'];
  readonly profile: string;
  readonly startedAt: Date;
  readonly retryOf?: string;
}

function entryOf(result: SessionResult, about: About & { readonly hasAudio: boolean }): HistoryEntry {
  const { label, app, secret, outcome, draft, text, audioSamples, draftMs, refinedMs, error, segments } = result;
  const { startedAt, ...rest } = about;
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    label,
    outcome,
    draft,
    text,
    audioMs: Math.round(samplesToMs(audioSamples)),
    edits: segments.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome])),
    ...(app !== undefined && { app }),
    ...(secret === true && { secret }),
    ...(draftMs !== undefined && { draftMs }),
    ...(refinedMs !== undefined && { refinedMs }),
    ...(error !== undefined && { error: error.toJSON() }),
  };
}

function isApplied(event: DaemonEvent): event is DaemonEvent & { readonly sessionId: string } {
  const { type, sessionId, outcome } = event as DaemonEvent & Partial<Extract<EventBody, { type: 'edit' }>>;
  return type === 'edit' && typeof sessionId === 'string' && outcome?.kind === 'applied';
}

function storageError(error: unknown): VoiceInputError {
  const why = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_STORAGE', `The dictation cannot be kept in the history: ${why}`, { cause: error });
}
