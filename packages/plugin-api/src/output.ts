// How a sink writes to a stream whose reader may go away.

import { unlessAborted } from './abort.ts';
import { withDeadline } from './deadline.ts';
import { VoiceInputError } from './errors.ts';

/** What an output needs of a stream; `process.stdout` and every Node `Writable` have it. */
export interface OutputStream {
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

/** A stream that is written to. */
export interface Output {
  /**
   * Resolves when the stream took `text`, so a slow reader slows the writer.
   *
   * Rejects with `ERR_OUTPUT_CLOSED` when the reader went away, `ERR_OUTPUT` when writing failed (a full disk), and with
   * the signal's reason when it was aborted before. What the stream was given cannot be called back: on an abort after
   * that it is waited for a moment more, at most 250 ms, so that whoever asked knows what stands; then it rejects with the
   * signal's reason, and the text may still arrive.
   */
  write(text: string, signal?: AbortSignal): Promise<void>;
  /** Stops listening to the stream, which stays open: it belongs to the caller. */
  close(): void;
}

const CLOSED_CODES = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

const LAST_MOMENT_MS = 250;

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
      const taken = new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => (error ? reject(fail(error)) : resolve()));
      });
      if (signal === undefined) return taken;
      try {
        await unlessAborted(taken, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
        await withDeadline(taken, LAST_MOMENT_MS, () => signal.reason as Error);
      }
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
