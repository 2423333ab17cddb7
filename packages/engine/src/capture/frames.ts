// When a source is heard: a microphone from the moment it is open, so that no first word waits for a slow sink.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Frame, Source } from '@voiceinput/plugin-api';
import { unlessAborted } from '@voiceinput/plugin-api';
import { frameFrom } from '../host/answers.ts';
import { asPluginError } from '../host/call.ts';
import { followAborts } from '../own/abort.ts';

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

/** So many frames may come in one turn of the event loop. */
const MOST_AT_ONCE = 32;

export interface HeardSource {
  readonly pluginId: string;
  readonly source: Source;
}

/**
 * Frames of a realtime source come at once and wait in memory; any other source is asked only for the next one.
 * `onAudio` hears of each as it comes, and says whether more is wanted. Throws when the source gives no frames at all.
 */
export function openFrames(
  { pluginId, source }: HeardSource,
  onAudio: (endSample: number) => boolean,
  signal: AbortSignal,
): Frames {
  const { control, unfollow } = followAborts(signal);
  const failed = (error: unknown): Error => asPluginError(error, pluginId, 'frames');
  const iterator = iteratorOf(source, control.signal, failed);
  const waiting: Frame[] = [];
  let coming: Promise<void> | undefined;
  const state: { isOver: boolean; failure?: { readonly reason: unknown } } = { isOver: false };

  async function take(): Promise<void> {
    try {
      const { done, value } = await iterator.next();
      if (done === true) {
        state.isOver = true;
        return;
      }
      const frame = frameFrom(value);
      waiting.push(frame);
      if (!onAudio(frame.startSample + frame.samples.length)) end();
    } catch (error) {
      state.failure = { reason: failed(error) };
      state.isOver = true;
    }
  }

  /** One at a time; a realtime source is asked again at once. */
  function ask(): Promise<void> {
    coming ??= take().then(async () => {
      // A source that never waits would let nobody else run.
      if (source.realtime && waiting.length % MOST_AT_ONCE === 0) await nextTurn();
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

function iteratorOf(source: Source, signal: AbortSignal, failed: (error: unknown) => Error): AsyncIterator<Frame> {
  try {
    return source.frames(signal)[Symbol.asyncIterator]();
  } catch (error) {
    throw failed(error);
  }
}
