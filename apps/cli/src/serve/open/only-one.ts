// A user has one daemon: one that listens keeps its place, one that is ending is waited for.

import { setTimeout as sleep } from 'node:timers/promises';
import { findDaemon } from '@voiceinput/client';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { openHistory } from '../../history/history.ts';
import type { History, HistoryOptions } from '../../history/history.ts';

/** An end takes as long as the slowest lane takes to close. */
const ENDING_MS = 10_000;
const STEP_MS = 100;

/** The history for this daemon alone. Rejects with `ERR_DAEMON_RUNNING` when there is another one, and as `openHistory` does. */
export async function openHistoryAlone(
  { run, ...options }: HistoryOptions & { /** Where a daemon's discovery file is. */ readonly run: string },
  signal: AbortSignal,
): Promise<History> {
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    await refuseBeside(run, signal);
    try {
      return await openHistory(options);
    } catch (error) {
      const isLocked = isVoiceInputError(error) && error.code === 'ERR_DAEMON_RUNNING';
      if (!isLocked || waitedMs >= ENDING_MS) throw error;
    }
    await sleep(STEP_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function refuseBeside(run: string, signal: AbortSignal): Promise<void> {
  const running = await findDaemon({ client: 'voiceinput serve', folder: run }, signal);
  if (running === undefined) return;
  running.close();
  throw new VoiceInputError('ERR_DAEMON_RUNNING', `Another daemon is already running (${run}).`);
}
