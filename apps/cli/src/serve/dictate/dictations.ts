// The course of dictations: one is recorded at a time, those before it are read on, each ends up in the history.

import type { DaemonEvent, HistoryEntry, Mode, Recording } from '@voiceinput/client';
import type { DictationSettings, Engine, PartChoice } from '@voiceinput/engine';
import type { EventBody } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { NOWHERE } from '../../built-in/sink-nowhere.ts';
import type { History } from '../../history/history.ts';
import { newId, timeOf } from '../../history/id.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import { Keeping } from './keeping.ts';
import type { Remembered } from './keeping.ts';

export interface Dictations {
  /** What is being recorded now. */
  readonly recording: Recording | undefined;
  /** Dictations that were released and are still being read, oldest first. */
  readonly transcribing: readonly string[];
  /** What is known until now of those that have a draft and are not over, newest first. */
  readonly reading: readonly HistoryEntry[];
  /** Whether a session is one of these: spoken into the microphone and not over. */
  isLive(sessionId: unknown): boolean;
  /** Begins to record; gives the recording that is under way if there is one. Throws `ERR_DAEMON_LOST` when the daemon ends, and what a profile can be wrong with. */
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
  /** The name of the profile it is read with. Absent: the one that is set. */
  readonly profile?: string | undefined;
}

export interface RereadRequest {
  /** What the entry is called. Absent: as now. */
  readonly id?: string;
  readonly mode: 'recovered' | 'retry';
  readonly engine: Engine;
  readonly path: string;
  readonly profile: string;
  readonly retryOf?: string;
  /** The model that was asked for. */
  readonly model?: string | undefined;
}

export interface DictationsPort {
  readonly history: History;
  readonly broadcast: Broadcast;
  settings(): DictationSettings;
  /** The profile of later dictations. Absent: the one that is set. Throws `ERR_PROFILE_UNKNOWN` and what else a profile can be wrong with. */
  chooseProfile(name: string | undefined): void;
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
  readonly profile: string;
  /** Its words until now, in the order of its segments. */
  readonly drafts: Map<string, string>;
}

/** Records and transcribes as clients and keys ask, and keeps what comes of it. */
export function createDictations(port: DictationsPort): Dictations {
  return new DaemonDictations(port);
}

class DaemonDictations implements Dictations {
  readonly #port: DictationsPort;
  readonly #keeping: Keeping;
  readonly #underWay = new Map<string, UnderWay>();
  #current: UnderWay | undefined;
  #newest: string | undefined;
  #isEnding = false;

  constructor(port: DictationsPort) {
    this.#port = port;
    this.#keeping = new Keeping(port);
    port.broadcast.listen((event) => this.#follow(event));
  }

  get recording(): Recording | undefined {
    return this.#current?.recording;
  }

  get transcribing(): readonly string[] {
    return [...this.#underWay.keys()].filter((id) => id !== this.#current?.recording.sessionId);
  }

  get newest(): string | undefined {
    return this.#newest;
  }

  get reading(): readonly HistoryEntry[] {
    return [...this.#underWay.values()]
      .filter(({ drafts }) => drafts.size > 0)
      .map(entryUntilNow)
      .toReversed();
  }

  isLive(sessionId: unknown): boolean {
    return typeof sessionId === 'string' && this.#underWay.has(sessionId);
  }

  start({ mode = this.#port.settings().mode, sink = this.#port.settings().sink, profile }: StartRequest): Recording {
    if (this.#current !== undefined) return this.#current.recording;
    if (this.#isEnding)
      throw new VoiceInputError('ERR_DAEMON_LOST', 'The daemon is stopping, so nothing can be recorded.');
    this.#port.chooseProfile(profile);
    const sessionId = newId();
    const startedAt = new Date();
    const recording = { sessionId, mode, startedAt: startedAt.toISOString() };
    const released = new AbortController();
    const cancelling = new AbortController();
    const entry = this.#dictate({ recording, startedAt, sink, released, cancelled: cancelling.signal });
    // Whoever waits for it hears of a failure; nobody has to wait.
    entry.catch((error: unknown) => this.#keeping.warn(sessionId, error));
    this.#current = {
      recording,
      released,
      cancelling,
      entry,
      isMeant: true,
      isHeard: false,
      profile: this.#port.engine().profile,
      drafts: new Map(),
    };
    this.#underWay.set(sessionId, this.#current);
    this.#emitState();
    return recording;
  }

  stop(): string | undefined {
    const stopped = this.#current;
    // At once: it may still be opening, and the user may speak again before it has.
    this.#endRecording();
    stopped?.released.abort();
    return stopped?.recording.sessionId;
  }

  cancel(): string | undefined {
    return this.#discard(this.#current ?? [...this.#underWay.values()].at(-1));
  }

  withdraw(): void {
    if (this.#current === undefined) return;
    this.#current.isMeant = false;
    this.#discard(this.#current);
  }

  /** Their names sort as they were begun; a better text of an earlier one may come late. */
  wrote(sessionId: string): void {
    if (this.#newest === undefined || sessionId > this.#newest) this.#newest = sessionId;
  }

  async resultOf(id: string): Promise<HistoryEntry> {
    return this.#underWay.get(id)?.entry ?? this.#keeping.unremembered(id) ?? this.#port.history.get(id);
  }

  async reread({ id = newId(), mode, engine, path, profile, retryOf, model }: RereadRequest): Promise<HistoryEntry> {
    const startedAt = (mode === 'recovered' ? timeOf(id) : undefined) ?? new Date();
    const source = { use: 'source-file', options: { path, raw: true } };
    // A place of its own: whoever speaks into the history meanwhile does not wait for it.
    const sink = { ...NOWHERE, options: { recording: id } };
    const request = { label: 'microphone', source, sink, sessionId: id, background: true };
    const result = await engine.dictate(request, new AbortController().signal);
    const about = { id, mode, profile, startedAt, model, ...(retryOf !== undefined && { retryOf }) };
    return this.#keeping.keep(result, about, 'all');
  }

  async quiet(): Promise<void> {
    await Promise.allSettled([...this.#underWay.values()].map(({ entry }) => entry));
  }

  finished(): Promise<void> {
    this.#isEnding = true;
    return this.quiet();
  }

  async #dictate({ recording, startedAt, sink, released, cancelled }: Begun): Promise<HistoryEntry> {
    const { settings, engine: engineNow, history } = this.#port;
    const { sessionId, mode } = recording;
    const { source, silenceMs, longestMs } = settings();
    const { engine, profile } = engineNow();
    const tooLong = setTimeout(() => released.abort(), longestMs);
    const request = {
      label: 'microphone',
      source,
      sink,
      sessionId,
      released: released.signal,
      journal: history.recordings.pathOf(sessionId),
      ...(mode === 'hands-free' && { silenceMs }),
    };
    try {
      const result = await engine.dictate(request, cancelled);
      const about = { id: sessionId, mode, profile, startedAt };
      return await this.#keeping.keep(result, about, rememberedOf(this.#underWay.get(sessionId)));
    } finally {
      clearTimeout(tooLong);
      this.#underWay.delete(sessionId);
    }
  }

  /** A silence, a lost microphone or the user: whatever ends the recording, the engine says so. */
  #follow(event: DaemonEvent): void {
    const sessionId = String(event['sessionId']);
    const isOver = event.type === 'released' || event.type === 'session-ended';
    if (isOver && this.#current?.recording.sessionId === sessionId) this.#endRecording();
    const underWay = this.#underWay.get(sessionId);
    if (underWay === undefined) return;
    if (event.type === 'speech-started') underWay.isHeard = true;
    if (event.type === 'text' && event['stage'] === 'draft') this.#drafted(underWay, event);
    if (isApplied(event)) this.wrote(sessionId);
  }

  /** What goes into a password field has no text here. */
  #drafted({ drafts, recording: { sessionId } }: UnderWay, event: DaemonEvent): void {
    if (typeof event['text'] !== 'string') return;
    drafts.set(String(event['segmentId']), event['text']);
    this.#port.broadcast.emit({ type: 'drafted', sessionId });
  }

  #endRecording(): void {
    if (this.#current === undefined) return;
    this.#current = undefined;
    this.#emitState();
  }

  #discard(discarded: UnderWay | undefined): string | undefined {
    this.#endRecording();
    discarded?.cancelling.abort(new VoiceInputError('ERR_ABORTED', 'The user cancelled the dictation.'));
    return discarded?.recording.sessionId;
  }

  #emitState(): void {
    this.#port.broadcast.emit({ type: 'state', ...(this.#current && { recording: this.#current.recording }) });
  }
}

interface Begun {
  readonly recording: Recording;
  readonly startedAt: Date;
  readonly sink: PartChoice;
  readonly released: AbortController;
  readonly cancelled: AbortSignal;
}

/** What the user discarded before a word was said need not be remembered as anything. */
function rememberedOf(dictation: UnderWay | undefined): Remembered {
  if (dictation === undefined || !dictation.cancelling.signal.aborted) return 'all';
  return dictation.isMeant && dictation.isHeard ? 'entry' : 'nothing';
}

function entryUntilNow({ recording, profile, drafts }: UnderWay): HistoryEntry {
  const { sessionId: id, mode, startedAt } = recording;
  const draft = [...drafts.values()].join(' ').trim();
  const now = new Date();
  return {
    id,
    startedAt,
    endedAt: now.toISOString(),
    mode,
    label: 'microphone',
    profile,
    outcome: 'reading',
    draft,
    text: draft,
    edits: [],
    audioMs: now.getTime() - Date.parse(startedAt),
    hasAudio: true,
  };
}

function isApplied(event: DaemonEvent): boolean {
  const { type, outcome } = event as DaemonEvent & Partial<Extract<EventBody, { type: 'edit' }>>;
  return type === 'edit' && outcome?.kind === 'applied';
}
