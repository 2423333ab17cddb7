// How much memory a process is said to use: its proportional share, so that what lanes share counts once.

import { readFile } from 'node:fs/promises';

/** Proportional set size in bytes, from `/proc/PID/smaps_rollup` (proc(5)). Absent where the system does not tell, and when the process is gone. */
export async function memoryOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
