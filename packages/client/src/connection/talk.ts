// How both sides speak over a socket: JSON-RPC 2.0, forms checked on the way in, errors of VoiceInput kept whole.

import type { Socket } from 'node:net';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { ErrorReport } from '@voiceinput/plugin-api';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import { FrameGuard, MOST_FRAME_BYTES } from './frames.ts';

/** The code of every error of VoiceInput; `data` is its report. Free for servers (https://www.jsonrpc.org/specification#error_object). */
const SERVER_ERROR = -32_000;
/** Who leaves more unread is let go of. One message of the greatest size always fits. */
const MOST_WAITING_BYTES = 2 * MOST_FRAME_BYTES;

export interface Talk {
  /** Asks the other side. Rejects with its error, or with `ERR_DAEMON_LOST` when it goes away before it answers. */
  ask(method: string, params: object): Promise<unknown>;
  /** Answers requests of the other side; `params` have the form of `schema`. */
  answer<P>(method: string, schema: z.core.$ZodType<P>, work: (params: P) => Promise<object>): void;
  tell(method: string, params: object): void;
  heard<P>(method: string, schema: z.core.$ZodType<P>, listener: (params: P) => void): void;
  /** Settles with the reason when the connection has ended, however that came. */
  readonly ended: Promise<VoiceInputError>;
  /** Listens from now on. */
  begin(): void;
  close(reason?: VoiceInputError): void;
}

export function talkOver(socket: Socket): Talk {
  const guard = new FrameGuard();
  const connection: MessageConnection = createMessageConnection(
    new StreamMessageReader(socket.pipe(guard)),
    patientWriter(socket, () => close(new VoiceInputError('ERR_DAEMON_LOST', 'The other side does not read.'))),
  );
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
    async ask(method, params) {
      if (over !== undefined) throw over;
      let reject = (_reason: VoiceInputError): void => undefined;
      const gone = new Promise<never>((_, fail) => (reject = fail));
      waiting.add(reject);
      try {
        return await Promise.race([connection.sendRequest(method, params), gone]);
      } catch (error) {
        throw over ?? asError(error);
      } finally {
        waiting.delete(reject);
      }
    },
    answer(method, schema, work) {
      connection.onRequest(method, async (params: unknown) => {
        try {
          return await work(checked(schema, params, method));
        } catch (error) {
          const report = asError(error).toJSON();
          return new ResponseError(SERVER_ERROR, report.message, report);
        }
      });
    },
    tell(method, params) {
      if (over !== undefined) return;
      connection.sendNotification(method, params).catch((error: unknown) => close(lost(error)));
    },
    heard(method, schema, listener) {
      connection.onNotification(method, (params: unknown) => listener(checked(schema, params, method)));
    },
    ended,
    begin: () => connection.listen(),
    close,
  };
}

/** Hands the socket one message at a time; what waits before it is bounded, whether it tells or answers. */
function patientWriter(socket: Socket, tooMuch: () => void): StreamMessageWriter {
  const writer = new StreamMessageWriter(socket);
  const write = writer.write.bind(writer);
  let waitingBytes = 0;
  writer.write = async (message) => {
    const bytes = Buffer.byteLength(JSON.stringify(message));
    waitingBytes += bytes;
    if (waitingBytes > MOST_WAITING_BYTES) tooMuch();
    await write(message);
    waitingBytes -= bytes;
  };
  return writer;
}

/** `value` in the form of `schema`. Throws `ERR_REQUEST_INVALID`. */
export function checked<T>(schema: z.core.$ZodType<T>, value: unknown, method: string): T {
  const { data, error } = z.safeParse(schema, value ?? {});
  if (error === undefined) return data;
  const [first] = error.issues;
  const place = first?.path.join('.') ?? '';
  throw new VoiceInputError(
    'ERR_REQUEST_INVALID',
    `${method}: ${place === '' ? '' : `${place}: `}${first?.message ?? 'it has not the expected form'}`,
  );
}

function asError(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  if (error instanceof ResponseError && error.code === SERVER_ERROR)
    return VoiceInputError.fromReport(error.data as ErrorReport);
  const message = error instanceof Error ? error.message : String(error);
  const isOurs = error instanceof ResponseError || error instanceof SyntaxError;
  return isOurs
    ? new VoiceInputError('ERR_REQUEST_INVALID', message, { cause: error })
    : new VoiceInputError('ERR_INTERNAL', message, { cause: error });
}

function lost(error?: unknown): VoiceInputError {
  const how = error instanceof Error ? `: ${error.message}` : '.';
  return new VoiceInputError('ERR_DAEMON_LOST', `The other side went away${how}`, { cause: error });
}
