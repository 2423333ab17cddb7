// Decides how `voiceinput watch` shows what the daemon does, and that it goes on when the daemon comes back.

import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonEvent } from '@voiceinput/client';
import { errorTable, isVoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { reachDaemon } from './daemon.ts';

const RETRY_MS = 500;

export interface WatchOptions {
  readonly json: boolean;
  /** Whether dictated words are shown too. */
  readonly text: boolean;
}

/** Runs until `signal`. Rejects with `ERR_DAEMON_MISSING` when there is no daemon at the beginning. */
export async function watchDaemon({ json, text }: WatchOptions, signal: AbortSignal): Promise<number> {
  const reporter = createReporter({ json });
  let client = await reachDaemon(signal);
  let after: number | undefined;
  let pid: number | undefined;
  while (!signal.aborted) {
    client.onEvent((event) => {
      after = event.seq;
      print(json, event, eventText(event));
    });
    const { pid: daemon } = await client.call('status', {});
    // Another daemon counts anew.
    await client.call('watch', { text, ...(daemon === pid && after !== undefined && { after }) });
    pid = daemon;
    const stop = (): void => client.close();
    signal.addEventListener('abort', stop, { once: true });
    await client.ended;
    signal.removeEventListener('abort', stop);
    if (signal.aborted) break;
    reporter.note('The daemon went away; waiting for it to come back …');
    client = await comeBack(signal);
  }
  return errorTable.ERR_ABORTED.exitCode;
}

async function comeBack(signal: AbortSignal): ReturnType<typeof reachDaemon> {
  for (;;) {
    await sleep(RETRY_MS, undefined, { signal });
    try {
      return await reachDaemon(signal);
    } catch (error) {
      if (!isVoiceInputError(error) || error.code !== 'ERR_DAEMON_MISSING') throw error;
    }
  }
}

function eventText({ seq, at, type, ...rest }: DaemonEvent): string {
  const details = Object.entries(rest).filter(([name]) => name !== 'atMs');
  return `${String(seq).padStart(5)}  ${at}  ${type.padEnd(16)} ${details.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}`;
}
