// What a program can do with the daemon, and how it connects.

import { isVoiceInputError, VoiceInputError, withDeadline } from '@voiceinput/plugin-api';
import type { Edit, Outcome, SessionInfo, SessionResult, Sink } from '@voiceinput/plugin-api';
import type * as z from 'zod/mini';
import { openConnection } from './connection/connection.ts';
import type { Connection } from './connection/connection.ts';
import { readDaemonInfo } from './discovery/daemon-info.ts';
import type { DaemonInfo } from './discovery/daemon-info.ts';
import { runtimeFolder } from './discovery/folder.ts';
import { connectToOwnSocket } from './discovery/own-socket.ts';
import { methods, notifications, PROTOCOL_VERSION, sinkMethods, takesTime } from './protocol/methods.ts';
import type { DaemonEvent, MethodName, Params, Result } from './protocol/methods.ts';

export interface ConnectOptions {
  /** Names the program in the daemon's log. */
  readonly client: string;
  /** The folder of the daemon's discovery file. Absent: this user's. */
  readonly folder?: string;
}

export interface Client {
  /** The daemon's process. */
  readonly pid: number;
  /**
   * The daemon's answer. Rejects with its error, with `ERR_DAEMON_LOST`, or with `ERR_DAEMON_TIMEOUT` when a method that
   * is answered at once is not answered within 15 s.
   */
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Calls `listener` for every event that is pushed after `call('watch', …)`. */
  onEvent(listener: (event: DaemonEvent) => void): void;
  /**
   * Transcribes a file that the daemon can read into a sink of this process. What goes wrong in the transcription is in
   * the result. Rejects with `ERR_DAEMON_LOST` when the daemon goes away.
   */
  transcribe(request: TranscribeRequest, signal: AbortSignal): Promise<SessionResult>;
  /** Settles with the reason when the connection has ended. */
  readonly ended: Promise<VoiceInputError>;
  /** Ends the connection; `ended` gives the reason. */
  close(reason?: VoiceInputError): void;
}

export interface TranscribeRequest {
  /** The session's id; must be unique. */
  readonly callId: string;
  readonly label: string;
  readonly source: { readonly use: string; readonly options: Readonly<Record<string, unknown>> };
  readonly sink: Pick<Sink, 'begin' | 'apply' | 'end'>;
  /** Whether the sink wants partials. */
  readonly partials: boolean;
}

/** A daemon that is not stuck answers within milliseconds; under heavy load it has this long. */
const HELLO_DEADLINE_MS = 10_000;

/**
 * Rejects with `ERR_DAEMON_MISSING` when none runs, `ERR_DAEMON_REFUSED` when it is not this user's or of another version,
 * `ERR_DAEMON_TIMEOUT` when it does not answer within 10 s, and on abort with the signal's reason.
 */
export async function connect(
  { client, folder = runtimeFolder() }: ConnectOptions,
  signal: AbortSignal,
): Promise<Client> {
  const info = await readDaemonInfo(folder);
  signal.throwIfAborted();
  try {
    return await introduced(info, client, signal);
  } catch (error) {
    // Another daemon may have taken over the same socket since the file was read.
    const newer = isRefusal(error) ? await readDaemonInfo(folder) : info;
    if (newer.token === info.token) throw error;
    return introduced(newer, client, signal);
  }
}

async function introduced(info: DaemonInfo, client: string, signal: AbortSignal): Promise<Client> {
  const connection = openConnection(await connectToOwnSocket(info.socket));
  const stop = (): void => connection.close();
  signal.addEventListener('abort', stop, { once: true });
  connection.begin();
  try {
    signal.throwIfAborted();
    const hello = { protocol: PROTOCOL_VERSION, token: info.token, client };
    const greeted = connection.request('hello', hello, methods.hello.result);
    const { pid } = await withDeadline(greeted, HELLO_DEADLINE_MS, () => silent('hello', HELLO_DEADLINE_MS));
    signal.throwIfAborted();
    return clientOver(connection, pid);
  } catch (error) {
    connection.close();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function silent(method: string, afterMs: number): VoiceInputError {
  return new VoiceInputError(
    'ERR_DAEMON_TIMEOUT',
    `The daemon did not respond to "${method}" within ${afterMs / 1000} s.`,
  );
}

function isRefusal(error: unknown): boolean {
  return isVoiceInputError(error) && error.code === 'ERR_DAEMON_REFUSED';
}

/** What a busy daemon may take for an answer that it has at hand. */
const ANSWER_DEADLINE_MS = 15_000;

function clientOver(connection: Connection, pid: number): Client {
  const sinks = new Map<string, TranscribeRequest['sink']>();
  const listeners = new Set<(event: DaemonEvent) => void>();
  const { signal: always } = new AbortController();

  async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
    // The compiler does not see that a method's schema gives just the type that `Result` names.
    const result: z.core.$ZodType = methods[method].result;
    const answer = connection.request(method, params, result) as Promise<Result<M>>;
    if (takesTime(method)) return answer;
    return withDeadline(answer, ANSWER_DEADLINE_MS, () => silent(method, ANSWER_DEADLINE_MS));
  }

  function sinkOf(callId: string): TranscribeRequest['sink'] {
    const sink = sinks.get(callId);
    if (sink !== undefined) return sink;
    throw new VoiceInputError('ERR_REQUEST_INVALID', `Unknown transcription ${callId}.`);
  }

  const begin = sinkMethods['sink/begin'].params;
  connection.onRequest('sink/begin', begin, async ({ callId, session }) =>
    sinkOf(callId).begin(session as unknown as SessionInfo, always),
  );
  const apply = sinkMethods['sink/apply'].params;
  connection.onRequest('sink/apply', apply, async ({ callId, edit }): Promise<Outcome> =>
    sinkOf(callId).apply(edit as unknown as Edit, always),
  );
  const end = sinkMethods['sink/end'].params;
  connection.onRequest('sink/end', end, async ({ callId, result }) => {
    await sinkOf(callId).end(revived(result), always);
    return {};
  });

  connection.onNotification('event', notifications.event.params, (event) => {
    for (const listener of listeners) listener(event);
  });

  return {
    pid,
    call,
    onEvent: (listener) => void listeners.add(listener),
    async transcribe({ sink, ...request }, signal) {
      const { callId } = request;
      sinks.set(callId, sink);
      // What became of it is told by the transcription itself.
      const abort = (): void => void call('transcribe/abort', { callId }).catch(() => undefined);
      signal.addEventListener('abort', abort, { once: true });
      try {
        const { source, ...rest } = request;
        const asked = { ...rest, source: { use: source.use, options: { ...source.options } } };
        const work = call('transcribe', asked);
        if (signal.aborted) abort();
        const { result } = await work;
        return revived(result);
      } finally {
        signal.removeEventListener('abort', abort);
        sinks.delete(callId);
      }
    },
    ended: connection.ended,
    close: (reason) => connection.close(reason),
  };
}

/** A session's result as it was before it travelled: its error is one again. */
function revived(result: unknown): SessionResult {
  const plain = result as SessionResult;
  const { error } = plain;
  return error === undefined ? plain : { ...plain, error: VoiceInputError.fromReport(error) };
}
