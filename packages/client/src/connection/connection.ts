// A JSON-RPC 2.0 connection over a socket: forms are checked on the way in, errors of VoiceInput arrive whole.

import type { Socket } from 'node:net';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { ErrorReport } from '@voiceinput/plugin-api';
import { createMessageConnection, ResponseError, StreamMessageReader } from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import { FrameGuard } from './frames.ts';
import { BoundedWriter } from './writer.ts';

/** The code of every error of VoiceInput; `data` is its report. Free for servers (https://www.jsonrpc.org/specification#error_object). */
const SERVER_ERROR = -32_000;

export interface Connection {
  /**
   * Sends a request; `result` is the form of the answer. Rejects with the other side's error, with `ERR_REQUEST_INVALID`
   * for an answer of another form, or with the reason in `ended` when the connection ends before the answer.
   */
  request<R>(method: string, params: object, result: z.core.$ZodType<R>): Promise<R>;
  /** Answers requests of the other side; `params` have the form of `schema`. */
  onRequest<P>(method: string, schema: z.core.$ZodType<P>, work: (params: P) => Promise<object>): void;
  notify(method: string, params: object): void;
  /** A notification of another form, or a listener that throws, ends the connection: nothing is lost in silence. */
  onNotification<P>(method: string, schema: z.core.$ZodType<P>, listener: (params: P) => void): void;
  /** Settles with the reason when the connection has ended, however that came. */
  readonly ended: Promise<VoiceInputError>;
  /** Starts to listen. */
  begin(): void;
  close(reason?: VoiceInputError): void;
}

export function openConnection(socket: Socket): Connection {
  const guard = new FrameGuard();
  const writer = new BoundedWriter(socket, () =>
    close(new VoiceInputError('ERR_DAEMON_LOST', 'The other side is not reading its messages.')),
  );
  const connection = createMessageConnection(new StreamMessageReader(socket.pipe(guard)), writer);
  const waiting = new Set<(reason: VoiceInputError) => void>();
  let over: VoiceInputError | undefined;
  let settle = (_reason: VoiceInputError): void => undefined;
  const ended = new Promise<VoiceInputError>((resolve) => (settle = resolve));

  function close(reason = new VoiceInputError('ERR_DAEMON_LOST', 'The connection was closed.')): void {
    if (over !== undefined) return;
    over = reason;
    connection.dispose();
    // What was said last may still be on its way.
    socket.end();
    socket.unref();
    setTimeout(() => socket.destroy(), 200).unref();
    for (const reject of waiting) reject(reason);
    waiting.clear();
    settle(reason);
  }

  guard.on('error', (error) => close(asError(error)));
  socket.on('error', (error) => close(lost(error)));
  socket.on('close', () => close(lost()));
  connection.onClose(() => close(lost()));
  connection.onError(([error]) => close('syscall' in error ? lost(error) : asError(error)));

  return {
    async request(method, params, result) {
      if (over !== undefined) throw over;
      let reject = (_reason: VoiceInputError): void => undefined;
      const gone = new Promise<never>((_, fail) => (reject = fail));
      waiting.add(reject);
      try {
        return checked(result, await Promise.race([connection.sendRequest(method, params), gone]), method);
      } catch (error) {
        throw over ?? asError(error);
      } finally {
        waiting.delete(reject);
      }
    },
    onRequest(method, schema, work) {
      connection.onRequest(method, async (params: unknown) => {
        try {
          return await work(checked(schema, params, method));
        } catch (error) {
          const report = asError(error).toJSON();
          return new ResponseError(SERVER_ERROR, report.message, report);
        }
      });
    },
    notify(method, params) {
      if (over !== undefined) return;
      connection.sendNotification(method, params).catch((error: unknown) => close(lost(error)));
    },
    onNotification(method, schema, listener) {
      connection.onNotification(method, (params: unknown) => {
        try {
          listener(checked(schema, params, method));
        } catch (error) {
          close(asError(error));
        }
      });
    },
    ended,
    begin: () => connection.listen(),
    close,
  };
}

/** `value` in the form of `schema`. Throws `ERR_REQUEST_INVALID`. */
function checked<T>(schema: z.core.$ZodType<T>, value: unknown, method: string): T {
  const { data, error } = z.safeParse(schema, value ?? {});
  if (error === undefined) return data;
  const [first] = error.issues;
  const place = first?.path.join('.') ?? '';
  throw new VoiceInputError(
    'ERR_REQUEST_INVALID',
    `${method}: ${place === '' ? '' : `${place}: `}${first?.message ?? 'not of the expected form'}`,
  );
}

function asError(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  if (error instanceof ResponseError && error.code === SERVER_ERROR)
    return VoiceInputError.fromReport(error.data as ErrorReport);
  const told = error instanceof Error ? error.message : String(error);
  // Only depth makes what writes and checks messages call itself too often; it is told by the library in its own way.
  const message = told.startsWith('Maximum call stack size exceeded') ? 'The message is nested too deeply.' : told;
  const isOurs = error instanceof ResponseError || error instanceof SyntaxError || error instanceof RangeError;
  return isOurs
    ? new VoiceInputError('ERR_REQUEST_INVALID', message, { cause: error })
    : new VoiceInputError('ERR_INTERNAL', message, { cause: error });
}

function lost(error?: unknown): VoiceInputError {
  const how = error instanceof Error ? `: ${error.message}` : '.';
  return new VoiceInputError('ERR_DAEMON_LOST', `The other side closed the connection${how}`, { cause: error });
}
