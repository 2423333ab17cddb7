// How a session speaks with its sink: when its turn has come, how long an answer may take, and what a failure means.

import type { Outcome, SessionInfo, Sink, SinkTarget } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { unlessAborted } from '@voiceinput/plugin-api';
import { explained } from '../deliver/explained.ts';
import type { Turn } from '../deliver/order.ts';
import type { WritingPort } from '../deliver/writing.ts';
import { outcomeFrom, sinkTargetFrom, surroundingsFrom } from '../host/answers.ts';
import { asPluginError, callPlugin } from '../host/call.ts';
import type { OpenPart } from './ports.ts';

const BEGIN_DEADLINE_MS = 10_000;
/** Later than that the caret is somewhere else. */
const PIN_DEADLINE_MS = 2_000;
/** Who reads the output may be slow, such as a pager; it is waited for this long. */
const APPLY_DEADLINE_MS = 60_000;
/** So long a sink may take to stop, or to finish, what was called off in the middle. */
const CALLED_OFF_DEADLINE_MS = 2_000;

/** A session's sink once the session has begun in it. */
export interface Outlet extends WritingPort {
  /** What the sink said at the beginning. */
  readonly beginning: SinkTarget;
  /** Says that the speaker has come to an end: once is enough. */
  pin(): void;
}

export interface OutletOptions {
  readonly info: SessionInfo;
  readonly sink: OpenPart<'sink', Sink>;
  readonly turn: Turn;
  /** Called with what the sink failed with. `last`: nothing more can be written. */
  onError(error: VoiceInputError, last: boolean): void;
}

/** Begins the session in its sink. Rejects with what the sink threw. `signal` is the session's. */
export async function openOutlet({ info, sink, turn, onError }: OutletOptions, signal: AbortSignal): Promise<Outlet> {
  const { plugin, part } = sink;
  /** Ending is not called off with the session. */
  const { signal: always } = new AbortController();
  const { partials, reasons = {} } = plugin.capabilities;

  function call<T>(
    method: string,
    work: (callSignal: AbortSignal) => Promise<T>,
    { deadlineMs = APPLY_DEADLINE_MS, by = signal } = {},
  ): Promise<T> {
    return callPlugin({ pluginId: plugin.id, method, deadlineMs, signal: by }, work);
  }

  const begin = async (callSignal: AbortSignal): Promise<SinkTarget> =>
    sinkTargetFrom(await part.begin(info, callSignal));
  const beginning = await call('begin', begin, { deadlineMs: BEGIN_DEADLINE_MS });

  let pinned: Promise<void> | undefined;

  async function pin(): Promise<void> {
    try {
      const deadlineMs = PIN_DEADLINE_MS;
      await call('pin', async (callSignal) => part.pin?.(info.sessionId, callSignal), { deadlineMs });
    } catch (error) {
      // The text goes to where the caret is later.
      if (!signal.aborted) onError(asPluginError(error, plugin.id, 'pin'), false);
    }
  }

  return {
    beginning,
    pin: () => void (pinned ??= pin()),
    partials,
    async surroundings() {
      await unlessAborted(turn.ready, signal);
      await pinned;
      try {
        const now = await call('surroundings', async (callSignal) =>
          surroundingsFrom(await part.surroundings?.(info.sessionId, callSignal)),
        );
        return now ?? beginning.surroundings ?? {};
      } catch (error) {
        signal.throwIfAborted();
        // They decide about a space and a capital; the words are worth more.
        onError(asPluginError(error, plugin.id, 'surroundings'), false);
        return beginning.surroundings ?? {};
      }
    },
    async apply(edit, by) {
      let applying: Promise<Outcome> | undefined;
      const ask = async (callSignal: AbortSignal): Promise<Outcome> => outcomeFrom(await part.apply(edit, callSignal));
      const apply = (callSignal: AbortSignal): Promise<Outcome> => (applying = ask(callSignal));
      try {
        const outcome = await call('apply', apply, { by }).catch((error: unknown) => {
          if (!by.aborted || applying === undefined) throw error;
          // It may stand all the same, and must be known to be taken back.
          const begun = applying;
          return call('apply', () => begun, { deadlineMs: CALLED_OFF_DEADLINE_MS, by: always });
        });
        return explained(outcome, reasons);
      } catch (error) {
        const reason = asPluginError(error, plugin.id, 'apply');
        // Any other failure must not cost the rest of the words.
        if (!by.aborted) onError(reason, reason.code === 'ERR_OUTPUT_CLOSED');
        return explained({ kind: 'refused', reason: reason.code }, reasons);
      }
    },
    async end(result) {
      const deadlineMs = signal.aborted ? CALLED_OFF_DEADLINE_MS : APPLY_DEADLINE_MS;
      try {
        await call('end', (callSignal) => part.end(result, callSignal), { deadlineMs, by: always });
      } catch (error) {
        onError(asPluginError(error, plugin.id, 'end'), false);
      }
    },
  };
}
