// How a recording program is kept: heard without loss, watched, and ended with the recording and with us.

import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { startDeadline } from '@voiceinput/plugin-api';
import type { Deadline } from '@voiceinput/plugin-api';
import { createQueue } from '../queue.ts';
import { endingOf } from './recorder.ts';
import type { Ending, Recording } from './recorder.ts';
import { createPcmReader } from './samples.ts';

const KEPT_CHARACTERS = 1_000;
const STOP_DEADLINE_MS = 100;
/** A Bluetooth headset may need two seconds to open; a device that is held by another program never gives any. */
const SILENCE_DEADLINE_MS = 3_000;
const ASK_DEADLINE_MS = 5_000;

/** What a line on standard error says. `opened`: from now on samples count. */
export type Sense = 'opened' | 'noise' | 'complaint' | { readonly leave: string };

export interface Listening {
  readonly child: ChildProcess;
  readonly bytes: Readable;
  /** Absent: samples count from the first on, and every line is a complaint. */
  readonly understand?: (line: string) => Sense;
}

/** The texts that we read are the untranslated ones. */
export const plainWords = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C.UTF-8' });

/** Follows a program that writes signed 16-bit samples. When we are gone, its next write fails, which ends it. */
export function follow({ child, bytes, understand }: Listening): Recording {
  const queue = createQueue<Float32Array>();
  const early: Float32Array[] = [];
  const read = createPcmReader();
  let opened = understand === undefined;
  let delivered = false;
  let words = '';
  let unread = '';
  let stopping: NodeJS.Timeout | undefined;
  const startSilence = (): Deadline =>
    startDeadline(SILENCE_DEADLINE_MS, () => leave(`It delivered nothing for ${SILENCE_DEADLINE_MS / 1000} s.`));
  let silence = startSilence();

  function take(samples: Float32Array): void {
    if (samples.length === 0) return;
    if (!opened) return void early.push(samples);
    delivered = true;
    queue.push(samples);
  }
  function hearLine(line: string): void {
    const sense = understand?.(line) ?? 'complaint';
    if (sense === 'opened') {
      opened = true;
      for (const samples of early.splice(0)) take(samples);
    } else if (sense === 'complaint') words = `${words}${line}\n`.slice(-KEPT_CHARACTERS);
    else if (sense !== 'noise') leave(sense.leave);
  }
  function leave(why: string): void {
    words += `${why}\n`;
    queue.end();
    quit();
  }
  function quit(): void {
    silence.stop();
    if (stopping !== undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    stopping = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  }

  bytes.on('data', (chunk: Buffer) => {
    silence.stop();
    if (stopping === undefined) silence = startSilence();
    take(read(chunk));
  });
  // A broken pipe ends the recording as its end does; `close` tells the rest.
  bytes.on('error', (error) => (words += `${error.message}\n`));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (unread + text).split(/[\r\n]+/);
    unread = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') hearLine(line.trim());
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => (words += `${error.message}\n`));
    child.once('close', () => {
      silence.stop();
      clearTimeout(stopping);
      if (unread.trim() !== '') hearLine(unread.trim());
      clearTimeout(stopping);
      queue.end();
      resolve(endingOf(words, delivered));
    });
  });
  return {
    samples: () => queue.read(),
    ended,
    stop() {
      queue.drop();
      bytes.destroy();
      quit();
    },
  };
}

/** What a program says on standard output. Rejects when it is not there or fails. */
export async function ask(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const late = new AbortController();
  const deadline = startDeadline(ASK_DEADLINE_MS, () => late.abort());
  try {
    const options = { signal: AbortSignal.any([signal, late.signal]), env: plainWords() };
    return (await promisify(execFile)(program, args, options)).stdout;
  } finally {
    deadline.stop();
  }
}
