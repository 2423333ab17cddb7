// How a program brings the daemon up when it does not run.

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorTable, isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { connect } from '../client.ts';
import type { Client, ConnectOptions } from '../client.ts';
import { readCard } from '../discovery/card.ts';
import { runtimeFolder } from '../discovery/folder.ts';

const START_DEADLINE_MS = 30_000;
const STEP_MS = 50;
const LAST_WORDS_CHARACTERS = 2_000;

export interface StartOptions extends ConnectOptions {
  /** The program and its arguments that start a daemon. Absent: those of the last one, which its card names. */
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
  const [program = '', ...parameters] = options.executable ?? (await readCard(folder)).executable;
  const child = spawn(program, parameters, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let lastWords = '';
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
  });
  try {
    // Another one was faster: it is on its way.
    const wasLate = (): boolean => child.exitCode === errorTable.ERR_DAEMON_RUNNING.exitCode;
    const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null || failure !== undefined;
    for (let waitedMs = 0; waitedMs < START_DEADLINE_MS && (!isOver() || wasLate()); waitedMs += STEP_MS) {
      await sleep(STEP_MS, undefined, { signal });
      const client = await findDaemon(options, signal);
      if (client !== undefined) return client;
    }
  } finally {
    child.stderr.destroy();
    child.unref();
  }
  throw new VoiceInputError(
    'ERR_DAEMON_MISSING',
    `The daemon did not start. ${failure?.message ?? lastWords.trim()}`.trim(),
    { hint: 'See what it says when it runs in a terminal: voiceinput serve', cause: failure },
  );
}
