// How commands reach the daemon: the one that runs, or one that they start.

import type { Client } from '@voiceinput/client';
import { connect, findDaemon as find, startDaemon as start } from '@voiceinput/client';
import { errorTable, VoiceInputError } from '@voiceinput/plugin-api';
import { startCommand } from '../service/start-command.ts';
import type { Reporter } from '../show/reporter.ts';
import { ENDING_MS, isGone } from './process-end.ts';
import { inLocale } from '../messages/in-locale.ts';

const CLIENT = 'voiceinput';
/** The exit code when the daemon answers that a text stays where it is. */
export const NOT_DONE = errorTable.ERR_DAEMON_REFUSED.exitCode;

/** Its connection ends on abort. Rejects with `ERR_DAEMON_MISSING` when none runs. */
export async function reachDaemon(signal: AbortSignal): Promise<Client> {
  return ending(await connect({ client: CLIENT }, signal), signal);
}

/** As `reachDaemon`; absent when none runs. */
export async function findDaemon(signal: AbortSignal): Promise<Client | undefined> {
  const client = await find({ client: CLIENT }, signal);
  return client && ending(client, signal);
}

/** As `bringUpDaemon`; its connection ends on abort. */
export async function startDaemon(reporter: Reporter, signal: AbortSignal): Promise<Client> {
  return ending(await bringUpDaemon(reporter, signal), signal);
}

/** The daemon that runs, else a new one in the background. Rejects with `ERR_DAEMON_MISSING` and its last words when it does not start. */
export async function bringUpDaemon(reporter: Reporter, signal: AbortSignal): Promise<Client> {
  const running = await find({ client: CLIENT }, signal);
  if (running !== undefined) return running;
  reporter.progress(inLocale`Starting the daemon …`);
  try {
    return await start({ client: CLIENT, executable: startCommand() }, signal);
  } finally {
    reporter.progress('');
  }
}

/** Runs `work` with a connection and ends it. */
export async function withDaemon<T>(
  opening: Client | Promise<Client>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await opening;
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/**
 * Ends the daemon that runs, and settles when its process is gone: its files are nobody's then. Rejects as `reachDaemon`
 * does, and with `ERR_DAEMON_TIMEOUT` when it does not end within 10 s.
 */
export function quitDaemon(signal: AbortSignal): Promise<void> {
  return withDaemon(reachDaemon(signal), async (client) => {
    await client.call('quit', {});
    await client.ended;
    signal.throwIfAborted();
    if (await isGone(client.pid, ENDING_MS, signal)) return;
    throw new VoiceInputError(
      'ERR_DAEMON_TIMEOUT',
      `The daemon (process ${client.pid}) has been asked to stop, and still runs.`,
    );
  });
}

/** Who asked waits no longer; the daemon does what it was asked for. */
function ending(client: Client, signal: AbortSignal): Client {
  const end = (): void => client.close(new VoiceInputError('ERR_ABORTED', 'Cancelled.'));
  signal.addEventListener('abort', end, { once: true });
  return client;
}

/** What is asked of the daemon for a sink by the word after `sink-`. Absent: the configured one. */
export const sinkNamed = (name: string | undefined): { readonly sink?: { readonly use: string } } =>
  name === undefined ? {} : { sink: { use: `sink-${name}` } };
