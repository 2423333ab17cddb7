// How much processor time a program has used, its children included (Linux: from /proc).

import { readFile } from 'node:fs/promises';
import { orNone, treeOf } from './tree.ts';

/** USER_HZ: what the kernel counts in for programs, whatever its own clock. */
const TICKS_PER_SECOND = 100;

/** Seconds that the process, all below it and all that have ended below it have used. Zero when it is gone. */
export async function processorSecondsOfTree(pid: number): Promise<number> {
  const seconds = await Promise.all((await treeOf(pid)).map(processorSecondsOf));
  return seconds.reduce((sum, value) => sum + value, 0);
}

/** Of one process and those children that have ended. */
export async function processorSecondsOf(pid: number): Promise<number> {
  const times = await orNone(readFile(`/proc/${pid}/stat`, 'utf8').then(timesIn));
  return times.reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** proc(5), stat: utime, stime, cutime and cstime are fields 14 to 17; the second, a name in brackets, may hold blanks. */
export function timesIn(stat: string): number[] {
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fromThird.slice(11, 15).map(Number);
}
