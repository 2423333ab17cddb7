// Decides which of several processes fetches a model while the others wait.

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VoiceInputError } from '@voiceinput/plugin-api';
import lockfile from 'proper-lockfile';
import { onDisk } from './storage.ts';

/** A lock that was not renewed for so long belongs to a process that is gone. */
const STALE_MS = 5_000;
const RENEW_MS = 1_000;
const POLL_MS = 100;

/**
 * Runs `work` while no other process runs one with the same `path`. Waits for the others first; on abort rejects with the
 * signal's reason. `work` gets a signal that also fires when the lock was lost, as after a long sleep of the machine.
 */
export async function holdingLock<T>(
  path: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  await onDisk(path, () => mkdir(dirname(path), { recursive: true }));
  const release = await acquire(path, signal, () =>
    lost.abort(
      new VoiceInputError('ERR_MODEL_STORAGE', `Another process took over the work on ${path}.`, {
        hint: 'Run the command again.',
      }),
    ),
  );
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    if (!lost.signal.aborted) await onDisk(path, release);
  }
}

async function acquire(path: string, signal: AbortSignal, onCompromised: () => void) {
  for (;;) {
    signal.throwIfAborted();
    const release = await onDisk(path, () => tryLock(path, onCompromised));
    if (release) return release;
    await sleep(POLL_MS, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  }
}

async function tryLock(path: string, onCompromised: () => void) {
  try {
    return await lockfile.lock(path, {
      lockfilePath: path,
      realpath: false,
      stale: STALE_MS,
      update: RENEW_MS,
      onCompromised,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}
