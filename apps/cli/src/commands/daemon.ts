// Decides how commands reach the daemon: the one that runs, or one that they start.

import type { Client } from '@voiceinput/client';
import { connect, startDaemon as start } from '@voiceinput/client';
import { daemonCommand } from '../settings/main-file.ts';
import type { Reporter } from '../show/reporter.ts';

const CLIENT = 'voiceinput';

/** Rejects with `ERR_DAEMON_MISSING` when none runs. */
export function reachDaemon(signal: AbortSignal): Promise<Client> {
  return connect({ client: CLIENT }, signal);
}

/** The daemon that runs, else a new one in the background. Rejects with `ERR_DAEMON_MISSING` and its last words when it does not start. */
export async function startDaemon(reporter: Reporter, signal: AbortSignal): Promise<Client> {
  reporter.progress('Starting the daemon …');
  try {
    return await start({ client: CLIENT, executable: daemonCommand }, signal);
  } finally {
    reporter.progress('');
  }
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
