// When another process has ended.

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a daemon may take to end after it was asked, and after it was killed. */
export const ENDING_MS = 10_000;
const STEP_MS = 50;

/** Whether the process `pid` has ended before `withinMs` are over. Rejects on abort with the signal's reason. */
export async function isGone(pid: number, withinMs: number, signal: AbortSignal): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    if (!(await isAlive(pid))) return true;
    if (waitedMs >= withinMs) return false;
    await sleep(STEP_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's lives, although it may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // Where the parent does not ask for it, the number outlives the process.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) [ZX] /.test(stat);
}
