// In what pieces and at what pace the audio of a file is given.

import { setTimeout as sleep } from 'node:timers/promises';
import { samplesToMs, type Frame, type Source } from '@voiceinput/plugin-api';
import { decode } from './decode.ts';
import { asAudioError } from './failure.ts';
import type { FileSourceOptions } from './options.ts';
import { findInput, type Input } from './input.ts';
import { lookAhead } from './look-ahead.ts';
import { joinedTo } from './pieces.ts';

/** 32 ms, the window of common voice detectors. */
const REALTIME_FRAME_SAMPLES = 512;
/** 256 ms: larger frames are not quicker, smaller ones cost time on long files. */
const FRAME_SAMPLES = 4096;
/** One minute: files up to it are decoded before their first frame, longer ones stream. */
const AHEAD_SAMPLES = 60 * 16_000;
const FILE_WAIT_MS = 60_000;
/** A pipe may be somebody who speaks now. */
const PIPE_WAIT_MS = 1_000;

type Log = (message: string) => void;

/** A source of the file, pipe or standard input that `options` name. Nothing is opened before `frames`. */
export function openFileSource(options: FileSourceOptions, log: Log): Source {
  const closing = new AbortController();
  const realtime = options.realtime ?? false;
  return {
    realtime,
    frames: (signal) => framesOf(options, log, AbortSignal.any([signal, closing.signal])),
    close: async () => closing.abort(),
  };
}

async function* framesOf(options: FileSourceOptions, log: Log, signal: AbortSignal): AsyncGenerator<Frame> {
  if (signal.aborted) return;
  let name = 'The input';
  try {
    const input = await findInput(options.path, log);
    name = input.name;
    const realtime = options.realtime ?? false;
    const open = (stop: AbortSignal): AsyncIterable<Float32Array> => decode(input, options.raw ?? false, stop);
    const pieces = lookAhead(open, aheadOf(input, realtime), signal);
    yield* realtime ? paced(inFrames(REALTIME_FRAME_SAMPLES, pieces), signal) : inFrames(FRAME_SAMPLES, pieces, signal);
  } catch (error) {
    if (!signal.aborted) throw asAudioError(error, name);
  }
}

function aheadOf({ path }: Input, realtime: boolean): { samples: number; waitMs: number } {
  return { samples: AHEAD_SAMPLES, waitMs: realtime ? 0 : path === undefined ? PIPE_WAIT_MS : FILE_WAIT_MS };
}

async function* inFrames(
  size: number,
  pieces: AsyncIterable<Float32Array>,
  signal?: AbortSignal,
): AsyncGenerator<Frame> {
  let startSample = 0;
  for await (const samples of joinedTo(size, pieces)) {
    if (signal?.aborted) return;
    yield { samples, startSample };
    startSample += samples.length;
  }
}

/** Each frame when its last sample has been spoken; counted from the first, so that waits do not add up. */
async function* paced(frames: AsyncIterable<Frame>, signal: AbortSignal): AsyncGenerator<Frame> {
  let beginMs: number | undefined;
  for await (const frame of frames) {
    beginMs ??= performance.now();
    const dueMs = beginMs + samplesToMs(frame.startSample + frame.samples.length);
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    if (signal.aborted) return;
    yield frame;
  }
}
