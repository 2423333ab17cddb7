// Decides what can be asked of the engine: to dictate, to be watched, to close.

import type { Device, LaneName, ModelStore, Outcome, SessionResult } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Descriptor } from './admit/load.ts';
import { compose, lanesId, postprocessorsId, roomId, vadId } from './compose/container.ts';
import { createKeeper } from './compose/lasting.ts';
import type { PartChoice, Profile } from './configure/profile.ts';
import { createOrder } from './deliver/order.ts';
import { memoryOf } from './host/memory.ts';
import { followAborts, unlessAborted } from './own/abort.ts';
import { isLasting } from './session/ports.ts';
import { startSession } from './session/session.ts';
import type { Session } from './session/session.ts';
import type { EventListener } from './trace/trace.ts';

/** How many dictations that are over can be taken back. */
const UNDOABLE_SESSIONS = 20;

export interface EngineOptions {
  readonly profile: Profile;
  /** All that the profile and later requests name. */
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
}

export interface DictationRequest {
  /** What the user would call it, such as the file's name as it was given. */
  readonly label: string;
  readonly source: PartChoice;
  readonly sink: PartChoice;
  /** Names the session. Absent: it is numbered. */
  readonly sessionId?: string;
  /** Aborted when the user releases the key: what was said until then is heard, and nothing more. Absent: the source ends the dictation. */
  readonly released?: AbortSignal;
  /** Ends the dictation when nothing was said for so long. Absent: silence does not. */
  readonly silenceMs?: number;
  /** A file in which the audio is kept while it comes: 16 000 Hz, mono, signed 16 bit, little endian. Absent: it is not kept. */
  readonly journal?: string;
}

export interface Engine {
  /** Settles when everything that the profile uses is open and warm. Rejects with the first reason why it is not. */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * One dictation, from the first frame to the last edit. Never rejects: a failed or aborted session has the shape of
   * a successful one, with all that was recognised until then.
   */
  dictate(request: DictationRequest, signal: AbortSignal): Promise<SessionResult>;
  /**
   * Takes back what a dictation wrote into a lasting sink, where it is still its own: refined texts become drafts again;
   * when there are none, everything goes. Gives what became of each edit; none when nothing stands or the session is
   * not known any more.
   */
  undo(sessionId: string): Promise<readonly Outcome[]>;
  /** What a source could listen to; none when it has no devices to choose from. */
  devices(source: PartChoice, signal: AbortSignal): Promise<readonly Device[]>;
  /** The processes at work now, with the memory that each takes. */
  processes(): Promise<readonly EngineProcess[]>;
  /** Calls `listener` for every later event; with dictated words only when `text` is set. Gives the function that ends it. */
  watch(listener: EventListener, options?: { readonly text?: boolean }): () => void;
  /** Closes all parts when every session has come to its end by itself. Rejects as `close` does. */
  retire(): Promise<void>;
  /** Ends all sessions, then closes all parts. Rejects with an AggregateError when something did not close. */
  close(): Promise<void>;
}

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
  const { plugins, profile } = options;
  const container = compose(options);
  const room = container.get(roomId);
  const lanes = container.get(lanesId);
  const vad = container.get(vadId);
  const postprocessors = container.get(postprocessorsId);
  const ending = new AbortController();
  const openSource = createKeeper((choice) => descriptorOf('source', choice), room);
  const openSink = createKeeper((choice) => descriptorOf('sink', choice), room);
  const turnFor = createOrder();
  /** Those that run, and the last ones before them. */
  const sessions = new Map<string, Session>();
  const over: string[] = [];
  let sessionCount = 0;

  // Opened ahead; whoever needs them hears of a failure.
  vad().catch(() => undefined);
  postprocessors().catch(() => undefined);

  function descriptorOf<K extends 'source' | 'sink'>(kind: K, { use }: PartChoice): Descriptor<K> {
    const found = plugins.find(
      (candidate): candidate is Descriptor<K> => candidate.plugin.kind === kind && candidate.plugin.id === use,
    );
    if (found !== undefined) return found;
    throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `There is no ${kind} "${use}" among the loaded plugins.`);
  }

  async function dictate(asked: DictationRequest, signal: AbortSignal): Promise<SessionResult> {
    const { control, letGo } = followAborts(signal, ending.signal);
    sessionCount += 1;
    const { label, source, sink, released, silenceMs, journal, sessionId = `session-${sessionCount}` } = asked;
    const session = startSession(
      { sessionId, label, hybrid: profile.hybrid },
      {
        source: () => openSource(source, control.signal),
        sink: () => openSink(sink, control.signal),
        turn: turnFor(sink),
        cancelled: signal,
        released,
        silenceMs,
        journal,
      },
      { profile, trace: room.trace, ...lanes, vad, postprocessors },
      control.signal,
    );
    remember(sessionId, session);
    try {
      return await session.result;
    } finally {
      letGo();
    }
  }

  /** Forgets the oldest of those that are over. */
  function remember(sessionId: string, session: Session): void {
    sessions.set(sessionId, session);
    void session.result.then(() => {
      over.push(sessionId);
      if (over.length > UNDOABLE_SESSIONS) sessions.delete(over.shift()!);
    });
  }

  async function closeAll(): Promise<void> {
    await Promise.all([...sessions.values()].map(({ result }) => result));
    await room.ownership.closeAll();
  }

  return {
    async ready(signal) {
      signal.throwIfAborted();
      await unlessAborted(Promise.all([lanes.fast.opened(), lanes.refine?.opened(), vad(), postprocessors()]), signal);
    },
    dictate,
    undo: async (sessionId) => (await sessions.get(sessionId)?.undo()) ?? [],
    async devices(source, signal) {
      const { plugin, part } = await openSource(source, signal);
      try {
        return (await part.devices?.(signal)) ?? [];
      } finally {
        if (!isLasting({ plugin })) await part.close();
      }
    },
    async processes() {
      const named = [
        { name: 'main' as const, pid: process.pid },
        ...[lanes.fast, lanes.refine].flatMap((lane) =>
          lane?.pid === undefined ? [] : [{ name: lane.name, pid: lane.pid }],
        ),
      ];
      return Promise.all(
        named.map(async (one) => {
          const memoryBytes = await memoryOf(one.pid);
          return { ...one, ...(memoryBytes !== undefined && { memoryBytes }) };
        }),
      );
    },
    watch: room.trace.watch,
    retire: closeAll,
    close() {
      ending.abort(new VoiceInputError('ERR_ABORTED', 'The engine is closing.'));
      return closeAll();
    },
  };
}
