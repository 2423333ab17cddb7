// How a session speaks with its sink: when its turn has come, how long an answer may take, and what a failure means.

import type { Edit, Outcome, SessionInfo, SessionResult, Sink, SinkBeginning } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { asPluginError, callPlugin } from '../host/call.ts';
import { unlessAborted } from '../own/abort.ts';
import type { Opened, SessionRequest } from './ports.ts';

const BEGIN_DEADLINE_MS = 10_000;
/** Who reads the output may be slow, such as a pager; it is waited for this long. */
const APPLY_DEADLINE_MS = 60_000;
/** So long a sink may take to stop, or to finish, what was called off in the middle. */
const CALLED_OFF_DEADLINE_MS = 2_000;

export interface Outlet {
  /** What the sink said at the beginning. */
  readonly beginning: SinkBeginning;
  /** What stands before the session's text, now. Waits for the session's turn. */
  textBefore(): Promise<string>;
  /** Never rejects. */
  apply(edit: Edit): Promise<Outcome>;
  /** Never rejects. */
  end(result: SessionResult): Promise<void>;
}

export interface OutletOptions {
  readonly info: SessionInfo;
  readonly sink: Opened<'sink', Sink>;
  readonly turn: SessionRequest['turn'];
  /** Hears what the sink failed with. `last`: nothing more can be written. */
  failed(error: VoiceInputError, last: boolean): void;
}

/** Begins the session in its sink. Rejects with what the sink threw. */
export async function openOutlet({ info, sink, turn, failed }: OutletOptions, signal: AbortSignal): Promise<Outlet> {
  const { plugin, part } = sink;
  /** Taking back and ending are not called off with the session. */
  const always = new AbortController().signal;

  function call<T>(
    method: string,
    work: (callSignal: AbortSignal) => Promise<T>,
    { deadlineMs = APPLY_DEADLINE_MS, by = signal } = {},
  ): Promise<T> {
    return callPlugin({ pluginId: plugin.id, method, deadlineMs, signal: by }, work);
  }

  const beginning = await call('begin', (callSignal) => part.begin(info, callSignal), {
    deadlineMs: BEGIN_DEADLINE_MS,
  });

  return {
    beginning,
    async textBefore() {
      await unlessAborted(turn.come, signal);
      try {
        const now = await call('textBefore', async (callSignal) => part.textBefore?.(info.sessionId, callSignal));
        return now ?? beginning.textBefore ?? '';
      } catch (error) {
        signal.throwIfAborted();
        // It decides about a space; the words are worth more.
        failed(asPluginError(error, plugin.id, 'textBefore'), false);
        return beginning.textBefore ?? '';
      }
    },
    async apply(edit) {
      const isOwn = edit.cause === edit.segment.stage;
      let applying: Promise<Outcome> | undefined;
      const apply = (callSignal: AbortSignal): Promise<Outcome> => (applying = part.apply(edit, callSignal));
      try {
        return await call('apply', apply, { by: isOwn ? signal : always }).catch((error: unknown) => {
          if (!signal.aborted || applying === undefined) throw error;
          // It may stand all the same, and must be known to be taken back.
          const begun = applying;
          return call('apply', () => begun, { deadlineMs: CALLED_OFF_DEADLINE_MS, by: always });
        });
      } catch (error) {
        const reason = asPluginError(error, plugin.id, 'apply');
        // Any other failure must not cost the rest of the words.
        if (!signal.aborted) failed(reason, reason.code === 'ERR_OUTPUT_CLOSED');
        return { kind: 'refused', reason: reason.code };
      }
    },
    async end(result) {
      try {
        await call('end', (callSignal) => part.end(result, callSignal), { by: always });
      } catch (error) {
        failed(asPluginError(error, plugin.id, 'end'), false);
      }
    },
  };
}
