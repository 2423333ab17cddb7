// Which of several processes changes a model while the others wait.

import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { onDisk } from './storage.ts';

/** A lock that was not renewed for so long, and is not while it is watched, belongs to a process that is gone. */
const STALE_MS = 10_000;
const WATCHED_MS = 3_000;
const RENEW_MS = 2_000;
const POLL_MS = 100;

/**
 * Runs `work` while no other process runs one with the same `path`. Waits for the others first; on abort rejects with the
 * signal's reason. `work` gets a signal that also fires when the lock was lost, as after a long sleep of the machine.
 *
 * The lock is a file that names its owner. It only saves work twice done: what is locked must be safe without it.
 * Known libraries take over the process's signals to remove it at the end; a dead owner is recognised here instead.
 */
export async function holdingLock<T>(
  path: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const owner = newOwner();
  await onDisk(path, () => acquire(path, owner, signal));
  return renewing({ path, owner }, signal, work);
}

/** The same without waiting: nothing is done where a process that lives, or may live, holds the lock. */
export async function holdingLockIfFree(
  path: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const owner = newOwner();
  const found = await look(path);
  if (found !== undefined && !isOwnerGone(found)) return;
  if (found !== undefined) await takeAway(path, found);
  if (await create(path, owner)) await renewing({ path, owner }, signal, work);
}

const newOwner = (): string => `${hostname()} ${process.pid} ${randomUUID()}`;

async function renewing<T>(
  { path, owner }: { path: string; owner: string },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const renewal = setInterval(() => {
    renew(path, owner).catch((cause: unknown) => lost.abort(lockLost(path, cause)));
  }, RENEW_MS);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(renewal);
    if (!lost.signal.aborted) await onDisk(path, () => rm(path, { force: true }));
  }
}

async function acquire(path: string, owner: string, signal: AbortSignal): Promise<void> {
  await makeFolder(dirname(path));
  const watch = watchLock();
  for (;;) {
    signal.throwIfAborted();
    if (await create(path, owner)) return;
    const found = await look(path);
    if (found !== undefined && (isOwnerGone(found) || watch(found))) await takeAway(path, found);
    else await pause(signal);
  }
}

/** A lock as one look at it found it. */
interface Found {
  readonly owner: string;
  readonly renewedAtMs: number;
}

/** Nothing when it has gone. */
async function look(path: string): Promise<Found | undefined> {
  try {
    const { mtimeMs: renewedAtMs } = await stat(path);
    return { owner: await readFile(path, 'utf8'), renewedAtMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Tells of each look whether nobody holds the lock any more. The date alone does not say so: it may have been set, or the
 * machine may have slept, and the owner with it.
 */
function watchLock(): (found: Found) => boolean {
  let last: Found | undefined;
  let unchangedLooks = 0;
  return (found) => {
    const isSame = last?.owner === found.owner && last.renewedAtMs === found.renewedAtMs;
    unchangedLooks = isSame ? unchangedLooks + 1 : 0;
    last = found;
    // In the future: the clock was set back.
    return Math.abs(Date.now() - found.renewedAtMs) > STALE_MS && unchangedLooks * POLL_MS > WATCHED_MS;
  };
}

async function create(path: string, owner: string): Promise<boolean> {
  const file = await openNew(path);
  if (!file) return false;
  try {
    await file.writeFile(owner);
    return true;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function openNew(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}

/** Only of a process of this machine it can be said. */
function isOwnerGone({ owner }: Found): boolean {
  const [host, pid] = owner.split(' ');
  return host === hostname() && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** Two may find the same lock stale: the slower one would take away the quicker one's new lock and so puts it back. */
export async function takeAway(path: string, stale: Found): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    if ((await look(aside))?.owner !== stale.owner) await link(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

async function renew(path: string, owner: string): Promise<void> {
  const found = await readFile(path, 'utf8');
  if (found !== owner) throw new Error(`it belongs to ${found}`);
  const now = new Date();
  await utimes(path, now, now);
}

const lockLost = (path: string, cause: unknown): VoiceInputError =>
  new VoiceInputError('ERR_MODEL_STORAGE', `Another process took over the work on ${path}.`, {
    hint: 'Run the command again.',
    cause,
  });

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await sleep(POLL_MS, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
