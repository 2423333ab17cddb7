// How the launcher gets to the daemon: the one that runs, else one that it starts.

import { delimiter } from 'node:path';
import type { Client } from '@voiceinput/client';
import { startDaemon } from '@voiceinput/client';
import { executable } from './executable.ts';

/** Names this door in the daemon's log. */
export const CLIENT = 'raycast';

/** Where package managers put programs on a Mac. A launcher's environment does not name them; recording needs one. */
const PROGRAM_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin'];

/** Rejects with `ERR_DAEMON_MISSING` or `ERR_DAEMON_REFUSED`. */
export async function reachDaemon(signal: AbortSignal): Promise<Client> {
  const program = await executable();
  if (process.platform !== 'win32') process.env['PATH'] = withProgramFolders(process.env['PATH'] ?? '');
  return startDaemon({ client: CLIENT, ...(program !== undefined && { executable: program }) }, signal);
}

/** Runs `work` with a connection of its own and ends it. */
export async function withDaemon<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = await reachDaemon(new AbortController().signal);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** A daemon that is started here inherits it. */
function withProgramFolders(path: string): string {
  const folders = path.split(delimiter);
  return [...folders, ...PROGRAM_FOLDERS.filter((folder) => !folders.includes(folder))].join(delimiter);
}
