// How nothing that a test starts outlives it: neither its children nor theirs, however the test ends.

import { spawn } from 'node:child_process';

/** In the environment of everything that this process starts from now on. */
const MARK = `VOICEINPUT_GUARD_${process.pid}`;

/** Waits until the pipe of whoever started it breaks, then kills everything that has its mark. */
const GUARD = `
read -r _
for round in 1 2 3; do
  for file in $(grep -lsz "^$1=" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -9 "\${pid%/environ}" 2>/dev/null
  done
done`;

/**
 * From now on, whatever this process starts ends with it, also what its children start as sessions of their own, and
 * also when this process is killed. A child that is given an environment without this one's is not found. Linux only;
 * elsewhere nothing is guarded.
 */
export function guardChildren(): void {
  if (process.platform !== 'linux' || process.env[MARK] !== undefined) return;
  const guard = spawn('sh', ['-c', GUARD, 'sh', MARK], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    // Without a mark: a guard is not guarded.
    env: { PATH: process.env['PATH'] },
  });
  guard.unref();
  process.env[MARK] = '1';
}
