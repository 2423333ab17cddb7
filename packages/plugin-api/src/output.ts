// How a sink writes to a stream whose reader may go away.

import { VoiceInputError } from './errors.ts';

/** What an output needs of a stream; `process.stdout` and every Node `Writable` have it. */
export interface OutputStream {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

export interface Output {
  /**
   * Resolves when the stream took `text`, so a slow reader slows the writer.
   * Rejects with `ERR_OUTPUT_CLOSED` when the reader went away, `ERR_OUTPUT` when writing failed (a full disk),
   * and with the signal's reason on abort; the text may still arrive then.
   */
  write(text: string, signal?: AbortSignal): Promise<void>;
  /** Stops listening to the stream, which stays open: it belongs to the caller. */
  close(): void;
}

const CLOSED_CODES = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/** Listens to the stream's errors from now until `close`, so that a reader that goes away does not end the program. */
export function openOutput(stream: OutputStream): Output {
  let failure: VoiceInputError | undefined;
  const fail = (error: Error): VoiceInputError => (failure ??= outputError(error));
  const onError = (error: Error): void => void fail(error);
  stream.on('error', onError);

  return {
    async write(text, signal) {
      signal?.throwIfAborted();
      if (failure) throw failure;
      if (text === '') return;
      await new Promise<void>((resolve, reject) => {
        const onAbort = (): void => reject(signal?.reason as Error);
        signal?.addEventListener('abort', onAbort, { once: true });
        stream.write(text, (error) => {
          signal?.removeEventListener('abort', onAbort);
          if (error) reject(fail(error));
          else resolve();
        });
      });
    },
    close() {
      // A stream that failed may report it once more, later: without a listener that would end the program.
      if (!failure) stream.off('error', onError);
    },
  };
}

function outputError(error: Error & { code?: string }): VoiceInputError {
  return CLOSED_CODES.has(error.code ?? '')
    ? new VoiceInputError('ERR_OUTPUT_CLOSED', 'The output was closed early.', { cause: error })
    : new VoiceInputError('ERR_OUTPUT', `The output cannot be written: ${error.message}`, { cause: error });
}
