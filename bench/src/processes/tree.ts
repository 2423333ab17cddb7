// Which processes a program consists of (Linux: from /proc).

import { readdir, readFile } from 'node:fs/promises';

/** The process and all below it, now. Only the process itself where it has no children, is gone or there is no /proc. */
export async function treeOf(pid: number): Promise<number[]> {
  const threads = await orNone(readdir(`/proc/${pid}/task`));
  const children = await Promise.all(
    threads.map((thread) => orNone(readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').then(numbersIn))),
  );
  const trees = await Promise.all(children.flat().map(treeOf));
  return [pid, ...trees.flat()];
}

const numbersIn = (text: string): number[] => text.split(' ').filter(Boolean).map(Number);

/** What was read, or nothing: a process may end while it is looked at. */
export async function orNone<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
