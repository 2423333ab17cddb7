// How long a source may say nothing.

import { startDeadline, unlessAborted } from '@voiceinput/plugin-api';
import type { Deadline } from '@voiceinput/plugin-api';
import type { Answer } from './resumable.ts';

/**
 * Ends a request whose source is silent for too long, before the answer and between its pieces, with `ETIMEDOUT`. What
 * waits for the source is given to `heard`, the answer to `over`; `end` is for an answer that is not read.
 */
export function silenceGuard(silenceMs: number, signal: AbortSignal) {
  const silent = new AbortController();
  const reason = Object.assign(new Error(`nothing came for ${silenceMs / 1000} s`), { code: 'ETIMEDOUT' });
  let deadline: Deadline | undefined;
  const begin = (): void => {
    deadline?.stop();
    deadline = startDeadline(silenceMs, () => silent.abort(reason));
  };
  const both = AbortSignal.any([signal, silent.signal]);
  const end = (): void => deadline?.stop();
  begin();

  /** The library would only say that it was aborted. */
  async function heard<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      begin();
      return result;
    } catch (error) {
      end();
      throw both.aborted ? both.reason : error;
    }
  }

  async function* pieces(body: Answer['body']): AsyncGenerator<Uint8Array> {
    const iterator = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await heard(unlessAborted(iterator.next(), both));
        if (done) return;
        // A slow disk is not the source's silence.
        end();
        yield value;
        begin();
      }
    } finally {
      end();
    }
  }

  return {
    signal: both,
    heard,
    end,
    over: ({ status, headers, body }: Answer, url: string): Answer => ({ url, status, headers, body: pieces(body) }),
  };
}
