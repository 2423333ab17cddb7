// Decides how `voiceinput watch` shows what the daemon does, and that it goes on when the daemon comes back.

import type { DaemonEvent } from '@voiceinput/client';
import { follow } from '@voiceinput/client';
import { errorTable } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { reachDaemon } from './daemon.ts';

export interface WatchOptions {
  readonly json: boolean;
  /** Whether dictated words are shown too. */
  readonly text: boolean;
}

/** Runs until `signal`. Rejects with `ERR_DAEMON_MISSING` when there is no daemon at the beginning. */
export async function watchDaemon({ json, text }: WatchOptions, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  (await reachDaemon(signal)).close();
  await follow(
    {
      client: 'voiceinput watch',
      text,
      connected: () => undefined,
      lost: () => reporter.note('The daemon went away; waiting for it to come back …'),
      heard: (event) => print(json, event, eventText(event)),
    },
    signal,
  );
  return errorTable.ERR_ABORTED.exitCode;
}

function eventText({ seq, at, type, ...rest }: DaemonEvent): string {
  const details = Object.entries(rest).filter(([name]) => name !== 'atMs');
  return `${String(seq).padStart(5)}  ${at}  ${type.padEnd(16)} ${details.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}`;
}
