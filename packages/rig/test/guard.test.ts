import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const owner = fileURLToPath(new URL('./owner.mjs', import.meta.url));

test.skipIf(process.platform !== 'linux').for(['SIGKILL', 'SIGINT'] as const)(
  'what a process started, as a session of its own too, ends with it after %s',
  async (signal) => {
    const process = fork(owner);
    const [pids] = (await once(process, 'message')) as [number[]];
    expect(pids.map(isRunning)).toEqual([true, true]);
    const gone = once(process, 'exit');
    process.kill(signal);
    await gone;
    await expect.poll(() => pids.map(isRunning)).toEqual([false, false]);
  },
);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
