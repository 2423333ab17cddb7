// Decides what can be asked of the engine: to dictate, to be watched, to close.

import type { LaneName, ModelStore, SessionResult } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Descriptor } from './admit/load.ts';
import { compose, lanesId, postprocessorsId, roomId, vadId } from './compose/container.ts';
import { openPart } from './compose/parts.ts';
import type { PartChoice, Profile } from './configure/profile.ts';
import { memoryOf } from './host/memory.ts';
import { followAborts, unlessAborted } from './own/abort.ts';
import { runSession } from './session/session.ts';
import type { EventListener } from './trace/trace.ts';

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
}

export interface Engine {
  /** Settles when everything that the profile uses is open and warm. Rejects with the first reason why it is not. */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * One dictation, from the first frame to the last edit. Never rejects: a failed or aborted session has the shape of
   * a successful one, with all that was recognised until then.
   */
  dictate(request: DictationRequest, signal: AbortSignal): Promise<SessionResult>;
  /** The processes at work now, with the memory that each takes. */
  processes(): Promise<readonly EngineProcess[]>;
  /** Calls `listener` for every later event; with dictated words only when `text` is set. Gives the function that ends it. */
  watch(listener: EventListener, options?: { readonly text?: boolean }): () => void;
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
  const sessions = new Set<Promise<SessionResult>>();
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

  async function dictate({ label, source, sink }: DictationRequest, signal: AbortSignal): Promise<SessionResult> {
    const { control, letGo } = followAborts(signal, ending.signal);
    sessionCount += 1;
    const info = { sessionId: `session-${sessionCount}`, label, hybrid: profile.hybrid };
    const request = {
      source: async () => openPart(descriptorOf('source', source), source.options, room, control.signal),
      sink: async () => openPart(descriptorOf('sink', sink), sink.options, room, control.signal),
    };
    const session = runSession(
      info,
      request,
      { profile, trace: room.trace, ...lanes, vad, postprocessors },
      control.signal,
    );
    sessions.add(session);
    try {
      return await session;
    } finally {
      sessions.delete(session);
      letGo();
    }
  }

  return {
    async ready(signal) {
      signal.throwIfAborted();
      await unlessAborted(Promise.all([lanes.fast.opened(), lanes.refine?.opened(), vad(), postprocessors()]), signal);
    },
    dictate,
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
    async close() {
      ending.abort(new VoiceInputError('ERR_ABORTED', 'The engine is closing.'));
      await Promise.all(sessions);
      await room.ownership.closeAll();
    },
  };
}
