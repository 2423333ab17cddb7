// What the engine offers: dictating, events, closing.

import type {
  CommandAnswer,
  Device,
  FocusedPlace,
  LaneName,
  ModelStore,
  Outcome,
  PluginKind,
  SessionResult,
} from '@voiceinput/plugin-api';
import { isVoiceInputError, unlessAborted, VoiceInputError } from '@voiceinput/plugin-api';
import type { Descriptor } from './admit/load.ts';
import { compose, judgeId, lanesId, postprocessorsId, roomId, vadId } from './compose/container.ts';
import { openPart } from './compose/parts.ts';
import { checkRequest, perform } from './compose/perform.ts';
import type { PerformRequest } from './compose/perform.ts';
import { sharedPartsIn } from './compose/shared.ts';
import type { SharedParts } from './compose/shared.ts';
import { completeChoice } from './configure/choice.ts';
import { withinLongestClip } from './configure/measured.ts';
import type { PartChoice, Profile } from './configure/profile.ts';
import type { Undoable } from './deliver/undo.ts';
import { NOTHING_UNDONE } from './deliver/writing.ts';
import type { UndoResult } from './deliver/writing.ts';
import { fitOf } from './deliver/fit.ts';
import { memoryOf } from './host/memory.ts';
import { followAborts } from './own/abort.ts';
import { startInsertion } from './session/insert.ts';
import { startSession } from './session/session.ts';
import type { EventListener } from './trace/trace.ts';

export interface EngineOptions {
  readonly profile: Profile;
  /** All plugins that the profile and later requests name. */
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
  /** Sources and sinks that other engines use too. Absent: its own, closed with it. */
  readonly shared?: SharedParts;
}

export interface DictationRequest {
  /** What the user would call it, such as the file name as given. */
  readonly label: string;
  readonly source: PartChoice;
  readonly sink: PartChoice;
  /** The session's id. Absent: sessions are numbered. */
  readonly sessionId?: string;
  /** Aborted when the user releases the key: what was said before is still transcribed, and nothing after. Absent: the source ends the dictation. */
  readonly released?: AbortSignal;
  /** Ends the dictation after so much silence. Absent: silence does not end it. */
  readonly silenceMs?: number;
  /** A file to record the audio in as it comes: 16 000 Hz, mono, signed 16 bit, little endian. Absent: it is not recorded. */
  readonly journal?: string;
  /** `false`: the draft is final. Default: as the profile says. */
  readonly hybrid?: boolean;
  /** Whether other dictations are read first where they wait for the same lane. Default: false. */
  readonly background?: boolean;
}

export interface InsertRequest extends Pick<DictationRequest, 'label' | 'sink'> {
  readonly sessionId: string;
  readonly text: string;
}

export interface Engine {
  /**
   * Settles when everything that the profile uses is open and warm. Rejects with the first failure. A refine lane that only
   * takes too long to open is not waited for: a warning says so, and the next dictation tries again.
   */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * One dictation, from the first frame to the last edit. Never rejects: a failed or aborted session has the shape of
   * a successful one, with all that was recognised until then.
   */
  dictate(request: DictationRequest, signal: AbortSignal): Promise<SessionResult>;
  /**
   * Undoes what a dictation wrote into a lasting sink, as far as nobody has changed it since: refined texts become drafts
   * again; when there are none, all of it is removed. Gives what is left and the outcome of each edit; no edits when
   * nothing is there, the session is no longer known, or the engine was closed. On abort no further edit goes out, and it
   * rejects with the signal's reason.
   */
  undo(sessionId: string, signal: AbortSignal): Promise<UndoResult>;
  /**
   * Replaces the texts of a dictation in a lasting sink by its best ones because the user asked for it, also those that were
   * only offered, as far as nobody has changed them since. Gives the outcome of each edit; none when there is nothing to
   * replace, the session is no longer known, or the engine was closed. On abort as `undo`.
   */
  replace(sessionId: string, signal: AbortSignal): Promise<readonly Outcome[]>;
  /** The devices of a source; none when it has none to choose from. */
  devices(source: PartChoice, signal: AbortSignal): Promise<readonly Device[]>;
  /** What has the focus and what a sink can do there; nothing is written. Absent when nothing has the focus, or the sink does not say. */
  look(sink: PartChoice, signal: AbortSignal): Promise<FocusedPlace | undefined>;
  /** Writes a given text as a dictation would: in its turn, with its separator; it can be undone. */
  insert(request: InsertRequest, signal: AbortSignal): Promise<Outcome>;
  /**
   * Runs a command of a plugin, which is opened with these options if it is not open yet. Rejects with
   * `ERR_COMMAND_UNKNOWN`, `ERR_CONFIG_UNKNOWN_KEY`, `ERR_CONFIG_INVALID`, or what the plugin threw.
   */
  perform(plugin: PartChoice, request: PerformRequest, signal: AbortSignal): Promise<CommandAnswer>;
  /** The processes that run now, with the memory that each uses. */
  processes(): Promise<readonly EngineProcess[]>;
  /** Calls `listener` for every later event; with dictated words only when `text` is set. Returns the function that stops it. */
  watch(listener: EventListener, options?: { readonly text?: boolean }): () => void;
  /** Waits until every session has ended by itself, then closes all parts. Rejects as `close` does. */
  drain(): Promise<void>;
  /** Ends all sessions, then closes all parts. Rejects with an AggregateError when something did not close. */
  close(): Promise<void>;
}

type Commanded = Exclude<PluginKind, 'runner'>;

export interface EngineProcess {
  /** `main` runs the engine and the voice detector; each lane's runner has its own. */
  readonly name: 'main' | LaneName;
  readonly pid: number;
  /** Proportional set size. Absent where the system does not tell it. */
  readonly memoryBytes?: number;
}

/**
 * Starts the lanes of the profile; they open while the caller goes on.
 *
 * Throws `ERR_PLUGIN_NOT_FOUND` when the profile names a plugin that is not among `plugins`.
 */
export function createEngine(options: EngineOptions): Engine {
  const { plugins } = options;
  const manifests = plugins.map(({ plugin }) => plugin);
  const profile = withinLongestClip(options.profile, manifests);
  const container = compose({ ...options, profile });
  const room = container.get(roomId);
  const lanes = container.get(lanesId);
  const { fast, refine, refineFor = [] } = lanes;
  const allLanes = new Set([fast, ...(refine ? [refine] : []), ...refineFor.map(({ lane }) => lane)]);
  const vad = container.get(vadId);
  const judge = container.get(judgeId);
  const postprocessors = container.get(postprocessorsId);
  const { openSource, devices, look, openSink, turnFor, undoLog } = options.shared ?? sharedPartsIn(room, plugins);
  /** Those that run. */
  const running = new Set<Promise<unknown>>();
  let sessionCount = 0;
  let closed = false;

  // Opened ahead; whoever needs them hears of a failure.
  vad().catch(() => undefined);
  judge().catch(() => undefined);
  postprocessors().catch(() => undefined);

  /** A runner declares no commands; see `checkManifest`. */
  function commanded({ use }: PartChoice): Descriptor<Commanded> {
    const found = plugins.find(
      (candidate): candidate is Descriptor<Commanded> =>
        candidate.plugin.id === use && candidate.plugin.kind !== 'runner',
    );
    if (found !== undefined) return found;
    throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `There is no plugin "${use}" that could offer commands.`);
  }

  function openCommanded({ plugin, url }: Descriptor<Commanded>, choice: PartChoice, signal: AbortSignal) {
    if (plugin.kind === 'source') return openSource(choice, signal);
    if (plugin.kind === 'sink') return openSink(choice, signal);
    return openPart<Commanded>({ plugin, url }, choice.options, room, signal);
  }

  async function dictate(asked: DictationRequest, signal: AbortSignal): Promise<SessionResult> {
    const { control, unfollow } = followAborts(signal, room.closing);
    sessionCount += 1;
    const {
      label,
      source,
      sink,
      released,
      silenceMs,
      journal,
      background = false,
      sessionId = `session-${sessionCount}`,
    } = asked;
    const hybrid = profile.hybrid && asked.hybrid !== false;
    const session = startSession(
      { sessionId, label, hybrid },
      {
        source: () => openSource(source, control.signal),
        sink: () => openSink(sink, control.signal),
        turn: turnFor(sink),
        cancelled: signal,
        closing: room.closing,
        released,
        silenceMs,
        journal,
        background,
      },
      { profile, trace: room.trace, ...(hybrid ? lanes : { fast }), vad, judge, postprocessors },
      control.signal,
    );
    remember(sessionId, { over: session.result, undo: session.undo, replace: session.replace });
    try {
      return await session.result;
    } finally {
      unfollow();
    }
  }

  function remember(sessionId: string, written: Undoable): void {
    undoLog.remember(sessionId, written);
    track(written.over);
  }

  /** Closing waits for it. */
  function track(work: Promise<unknown>): void {
    running.add(work);
    const isOver = (): void => void running.delete(work);
    work.then(isOver, isOver);
  }

  async function insert({ sessionId, label, sink, text }: InsertRequest, signal: AbortSignal): Promise<Outcome> {
    const { control, unfollow } = followAborts(signal, room.closing);
    const inserted = startInsertion(
      { info: { sessionId, label, hybrid: false }, text, turn: turnFor(sink) },
      { sink: () => openSink(sink, control.signal), fit: fitOf(profile), trace: room.trace },
      control.signal,
    );
    remember(sessionId, { over: inserted.outcome, undo: inserted.undo, replace: inserted.replace });
    return inserted.outcome.finally(unfollow);
  }

  /** Closing waits for it; on abort of either no further edit goes out. */
  async function tracked<T>(signal: AbortSignal, work: (by: AbortSignal) => Promise<T>): Promise<T> {
    const { control, unfollow } = followAborts(signal, room.closing);
    const working = work(control.signal).finally(unfollow);
    track(working);
    return working;
  }

  async function closeAll(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
    closed = true;
    room.stopOpening();
    await room.ownership.closeAll();
  }

  /** Aborted when the engine closes too; closing waits for it. */
  async function whileOpen<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    room.closing.throwIfAborted();
    return tracked(signal, work);
  }

  /** On a busy machine what gives way to all others may not come to its turn; drafts do not wait for it. */
  function unlessLate(error: unknown): void {
    if (!isVoiceInputError(error) || error.code !== 'ERR_PLUGIN_TIMEOUT') throw error;
    room.trace.emit({ type: 'warning', error: error.toJSON() });
  }

  return {
    async ready(signal) {
      signal.throwIfAborted();
      await unlessAborted(
        Promise.all([fast.opened(signal), refine?.opened(signal).catch(unlessLate), vad(), judge(), postprocessors()]),
        signal,
      );
    },
    dictate,
    undo: async (sessionId, signal) => (closed ? NOTHING_UNDONE : tracked(signal, (by) => undoLog.undo(sessionId, by))),
    replace: async (sessionId, signal) => (closed ? [] : tracked(signal, (by) => undoLog.replace(sessionId, by))),
    devices: (source, signal) => whileOpen(signal, (by) => devices(source, by)),
    look: (sink, signal) => whileOpen(signal, (by) => look(sink, by)),
    insert,
    async perform(choice, request, signal) {
      const descriptor = commanded(choice);
      const checked = checkRequest(descriptor.plugin, request);
      const { kind } = descriptor.plugin;
      const complete = completeChoice(choice, {
        kind,
        plugins: manifests,
        origin: choice.use,
        path: kind,
      });
      return whileOpen(signal, async (by) => perform(await openCommanded(descriptor, complete, by), checked, by));
    },
    async processes() {
      const named = [
        { name: 'main' as const, pid: process.pid },
        ...[...allLanes].flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }])),
      ];
      return Promise.all(
        named.map(async (one) => {
          const memoryBytes = await memoryOf(one.pid);
          return { ...one, ...(memoryBytes !== undefined && { memoryBytes }) };
        }),
      );
    },
    watch: room.trace.watch,
    drain: closeAll,
    close() {
      room.stopOpening();
      return closeAll();
    },
  };
}
