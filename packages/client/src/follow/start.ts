// How a program brings the daemon up when it does not run.

import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { connect } from '../client.ts';
import type { Client, ConnectOptions } from '../client.ts';
import { readDaemonInfo } from '../discovery/daemon-info.ts';
import { runtimeFolder } from '../discovery/folder.ts';

const START_DEADLINE_MS = 30_000;
const STEP_MS = 50;
const LAST_WORDS_MS = 500;
const LAST_WORDS_CHARACTERS = 2_000;

export interface StartOptions extends ConnectOptions {
  /** The program and its arguments that start a daemon. Absent: those of the last one, which its discovery file names. */
  readonly executable?: readonly string[];
}

/** The daemon that runs; absent where there is none. Rejects with `ERR_DAEMON_REFUSED`. */
export async function findDaemon(options: ConnectOptions, signal: AbortSignal): Promise<Client | undefined> {
  try {
    return await connect(options, signal);
  } catch (error) {
    // One that goes away before it answers is about to end.
    if (isVoiceInputError(error) && ['ERR_DAEMON_MISSING', 'ERR_DAEMON_LOST'].includes(error.code)) return undefined;
    throw error;
  }
}

/**
 * The daemon that runs, else a new one, in the background; it outlives this process.
 *
 * Rejects with `ERR_DAEMON_MISSING` and its last words when it does not start within 30 s, or when nobody knows how to
 * start one; on abort with the signal's reason: the daemon goes on.
 */
export async function startDaemon(options: StartOptions, signal: AbortSignal): Promise<Client> {
  const running = await findDaemon(options, signal);
  if (running !== undefined) return running;
  const { folder = runtimeFolder() } = options;
  const starting = launch(options.executable ?? (await readDaemonInfo(folder)).executable);
  try {
    for (let waitedMs = 0; waitedMs < START_DEADLINE_MS && !starting.hasFailed(); waitedMs += STEP_MS) {
      await sleep(STEP_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
      const client = await findDaemon(options, signal);
      if (client !== undefined) return client;
    }
  } finally {
    starting.leave();
  }
  const { failure, lastWords } = starting;
  throw new VoiceInputError('ERR_DAEMON_MISSING', `The daemon did not start. ${failure?.message ?? lastWords}`.trim(), {
    hint: 'Start it in a terminal to see why: voiceinput serve',
    cause: failure,
  });
}

interface Launched {
  /** Whether the program ended or could not be run. One that ended because another daemon was faster has not failed. */
  hasFailed(): boolean;
  readonly failure: Error | undefined;
  /** The end of what it wrote on standard error. */
  readonly lastWords: string;
  /** Lets it run on alone. */
  leave(): void;
}

function launch([program = '', ...parameters]: readonly string[]): Launched {
  // A folder of its own: the caller's may go away, and what lies in it is not the daemon's business.
  const child = spawn(program, parameters, { cwd: homedir(), detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let lastWords = '';
  let failure: Error | undefined;
  let isOver = false;
  child.once('error', (error) => (failure = error));
  // Not at once at its end: its last words may still be on their way.
  child.once('exit', () => setTimeout(() => (isOver = true), LAST_WORDS_MS).unref());
  child.once('close', () => (isOver = true));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
  });
  return {
    hasFailed: () => failure !== undefined || (isOver && lastCodeIn(lastWords) !== 'ERR_DAEMON_RUNNING'),
    get failure() {
      return failure;
    },
    get lastWords() {
      return lastWords.trim();
    },
    leave() {
      child.stderr.destroy();
      child.unref();
    },
  };
}

/** The code of the error that ended it: what is printed last. */
const lastCodeIn = (text: string): string | undefined => text.match(/\bERR_[A-Z_]+\b/g)?.at(-1);
