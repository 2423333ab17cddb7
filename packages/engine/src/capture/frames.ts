// When a source is heard: a microphone from the moment it is open, so that no first word waits for a slow sink.

import type { Frame, Source } from '@voiceinput/plugin-api';
import { followAborts, unlessAborted } from '../own/abort.ts';

export interface Frames {
  /**
   * The next frame, in order; absent at the end of the audio, or when none waits and `patience` is aborted. Rejects with
   * the source's error after all frames before it.
   */
  next(patience: AbortSignal): Promise<Frame | undefined>;
  /** Lets go of the source. What it gave before can still be had. */
  end(): void;
  close(): Promise<void>;
}

/**
 * Frames of a realtime source come at once and wait in memory; any other source is asked only for the next one.
 * `arrived` hears of each as it comes, and says whether more is wanted.
 */
export function openFrames(source: Source, arrived: (endSample: number) => boolean, signal: AbortSignal): Frames {
  const { control, unfollow } = followAborts(signal);
  const iterator = source.frames(control.signal)[Symbol.asyncIterator]();
  const waiting: Frame[] = [];
  let coming: Promise<void> | undefined;
  const state: { isOver: boolean; failure?: { readonly reason: unknown } } = { isOver: false };

  async function take(): Promise<void> {
    try {
      const { done, value } = await iterator.next();
      if (done === true) state.isOver = true;
      else waiting.push(value);
      if (done !== true && !arrived(value.startSample + value.samples.length)) end();
    } catch (error) {
      state.failure = { reason: error };
      state.isOver = true;
    }
  }

  /** One at a time; a realtime source is asked again at once. */
  function ask(): Promise<void> {
    coming ??= take().then(() => {
      coming = undefined;
      if (source.realtime && !state.isOver) void ask();
    });
    return coming;
  }

  function end(): void {
    state.isOver = true;
    control.abort(signal.aborted ? signal.reason : undefined);
    unfollow();
  }

  if (source.realtime) void ask();

  return {
    async next(patience) {
      while (waiting.length === 0 && !state.isOver) {
        try {
          await unlessAborted(ask(), patience);
        } catch (error) {
          if (signal.aborted) throw error;
          return undefined;
        }
      }
      const frame = waiting.shift();
      if (frame === undefined && state.failure !== undefined) throw state.failure.reason;
      return frame;
    },
    end,
    async close() {
      end();
      await iterator.return?.();
    },
  };
}
