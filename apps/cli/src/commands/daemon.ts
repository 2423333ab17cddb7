// Decides how commands reach the daemon: the one that runs, or one that they start.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@voiceinput/client';
import { connect } from '@voiceinput/client';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Reporter } from '../show/reporter.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const START_DEADLINE_MS = 30_000;
const STEP_MS = 50;

/** Rejects with `ERR_DAEMON_MISSING` when none runs. */
export function reachDaemon(signal: AbortSignal): Promise<Client> {
  return connect({ client: 'voiceinput' }, signal);
}

/** The daemon that runs; where there is none, absent. */
export async function findDaemon(signal: AbortSignal): Promise<Client | undefined> {
  try {
    return await reachDaemon(signal);
  } catch (error) {
    if (isVoiceInputError(error) && error.code === 'ERR_DAEMON_MISSING') return undefined;
    throw error;
  }
}

/** The daemon that runs, else a new one in the background. Rejects with `ERR_DAEMON_MISSING` and its last words when it does not start. */
export async function startDaemon(reporter: Reporter, signal: AbortSignal): Promise<Client> {
  const running = await findDaemon(signal);
  if (running !== undefined) return running;
  reporter.progress('Starting the daemon …');
  const child = spawn(process.execPath, [MAIN, 'serve'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (lastWords = (lastWords + text).slice(-2_000)));
  try {
    for (let waitedMs = 0; waitedMs < START_DEADLINE_MS && child.exitCode === null; waitedMs += STEP_MS) {
      await sleep(STEP_MS, undefined, { signal });
      const client = await findDaemon(signal);
      if (client !== undefined) return client;
    }
  } finally {
    reporter.progress('');
    child.stderr.destroy();
    child.unref();
  }
  throw new VoiceInputError('ERR_DAEMON_MISSING', `The daemon did not start. ${lastWords.trim()}`, {
    hint: 'See what it says when it runs in a terminal: voiceinput serve',
  });
}

/** Runs `work` with a connection and ends it. */
export async function withDaemon<T>(opening: Promise<Client>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await opening;
  try {
    return await work(client);
  } finally {
    client.close();
  }
}
