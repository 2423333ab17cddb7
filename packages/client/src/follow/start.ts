// How a program brings the daemon up when it does not run.

import { spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homeFolder, isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { connect } from '../client.ts';
import type { Client, ConnectOptions } from '../client.ts';
import { readDaemonInfo } from '../discovery/daemon-info.ts';
import { openFolder, runtimeFolder } from '../discovery/folder.ts';

const START_DEADLINE_MS = 30_000;
const STEP_MS = 50;
const LAST_WORDS_CHARACTERS = 2_000;
/** In the folder where clients find the daemon. */
export const LOG_FILE = 'daemon.log';
const LONGEST_LOG_BYTES = 1_000_000;

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
 * The daemon that runs, else a new one, in the background; it outlives this process. What it says goes to `daemon.log` in
 * the folder where clients find it.
 *
 * Rejects with `ERR_DAEMON_MISSING` and its last words when it does not start within 30 s, or when nobody knows how to
 * start one; on abort with the signal's reason: the daemon goes on.
 */
export async function startDaemon(options: StartOptions, signal: AbortSignal): Promise<Client> {
  const running = await findDaemon(options, signal);
  if (running !== undefined) return running;
  const { folder = runtimeFolder() } = options;
  const starting = await launch(options.executable ?? (await readDaemonInfo(folder)).executable, folder);
  try {
    for (let waitedMs = 0; waitedMs < START_DEADLINE_MS && !(await starting.hasFailed()); waitedMs += STEP_MS) {
      await sleep(STEP_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
      const client = await findDaemon(options, signal);
      if (client !== undefined) return client;
    }
  } finally {
    starting.leave();
  }
  const { failure } = starting;
  const why = failure?.message ?? (await starting.lastWords());
  throw new VoiceInputError('ERR_DAEMON_MISSING', `The daemon did not start. ${why}`.trim(), {
    hint: 'Start it in a terminal to see why: voiceinput serve',
    cause: failure,
  });
}

interface Launched {
  /** Whether the program ended or could not be run. One that ended well, or because another daemon was faster, has not failed. */
  hasFailed(): Promise<boolean>;
  readonly failure: Error | undefined;
  /** The end of what it wrote. */
  lastWords(): Promise<string>;
  /** Lets it run on alone. */
  leave(): void;
}

async function launch([program = '', ...parameters]: readonly string[], folder: string): Promise<Launched> {
  const log = await openLog(folder);
  // A folder of its own: the caller's may go away, and what lies in it is not the daemon's business.
  const child = spawn(program, parameters, {
    cwd: homeFolder(),
    detached: true,
    stdio: ['ignore', log.fd ?? 'ignore', log.fd ?? 'ignore'],
  });
  let failure: Error | undefined;
  let isOver = false;
  let isWell = false;
  child.once('error', (error) => (failure = error));
  child.once('exit', (code) => {
    isOver = true;
    // It has told another program to start one.
    isWell = code === 0;
  });
  await log.close();
  return {
    async hasFailed() {
      if (failure !== undefined || !isOver || isWell) return failure !== undefined;
      return lastCodeIn(await log.written()) !== 'ERR_DAEMON_RUNNING';
    },
    get failure() {
      return failure;
    },
    lastWords: async () => (await log.written()).trim(),
    leave: () => child.unref(),
  };
}

interface Log {
  /** Absent where none can be written. */
  readonly fd: number | undefined;
  /** The end of what was written since it was opened. */
  written(): Promise<string>;
  close(): Promise<void>;
}

/** What a daemon says that nobody started in a terminal; those before it stay for a while. */
async function openLog(folder: string): Promise<Log> {
  const path = join(folder, LOG_FILE);
  try {
    await openFolder(folder);
    const isLong = await stat(path).then(
      ({ size }) => size > LONGEST_LOG_BYTES,
      () => false,
    );
    const file = await open(path, isLong ? 'w' : 'a', 0o600);
    const { size: before } = await file.stat();
    return {
      fd: file.fd,
      async written() {
        const bytes = await readFile(path).catch(() => Buffer.alloc(0));
        return bytes.subarray(before).toString('utf8').slice(-LAST_WORDS_CHARACTERS);
      },
      close: () => file.close(),
    };
  } catch {
    // The daemon cannot use the folder either, and says so where it is started in a terminal.
    return { fd: undefined, written: async () => '', close: async () => undefined };
  }
}

/** The code of the error that ended it: what is printed last. */
const lastCodeIn = (text: string): string | undefined => text.match(/\bERR_[A-Z_]+\b/g)?.at(-1);
