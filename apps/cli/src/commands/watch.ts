// How `voiceinput watch` shows what the daemon does, and that it goes on when the daemon comes back.

import { follow } from '@voiceinput/client';
import { errorTable } from '@voiceinput/plugin-api';
import { eventLine } from '../show/event-line.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { reachDaemon } from './daemon.ts';
import { inLocale } from '../messages/in-locale.ts';

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
      lost: () => reporter.note(inLocale`The daemon stopped; waiting for it to come back …`),
      heard(event) {
        const line = eventLine(event);
        if (json || line !== undefined) print(json, event, line ?? '');
      },
    },
    signal,
  );
  return errorTable.ERR_ABORTED.exitCode;
}
