// What a program's memory would be if no other program shared its files (Linux: from /proc).

import { readFile } from 'node:fs/promises';
import { orNone, treeOf } from './tree.ts';

interface Mapping {
  /** What is mapped: the same for all processes that share it. */
  readonly file: string;
  readonly filedBytes: number;
  readonly anonymousBytes: number;
}

/**
 * Memory of the process and all below it: what is no file of each, and each file once, as much of it as the process that
 * has most of it in memory. At least that, as two processes may have different parts in memory. Zero when it is gone.
 */
export async function memoryAloneOfTree(pid: number): Promise<number> {
  const pids = await treeOf(pid);
  return memoryAlone(
    await Promise.all(pids.map((id) => orNone(readFile(`/proc/${id}/smaps`, 'utf8').then(mappingsIn)))),
  );
}

/** `processes` holds the mappings of each. In bytes. */
export function memoryAlone(processes: readonly (readonly Mapping[])[]): number {
  const files = new Map<string, number>();
  for (const mappings of processes)
    for (const { file, filedBytes } of mappings) files.set(file, Math.max(files.get(file) ?? 0, filedBytes));
  const anonymous = processes.flat().reduce((sum, { anonymousBytes }) => sum + anonymousBytes, 0);
  return [...files.values()].reduce((sum, bytes) => sum + bytes, anonymous);
}

const HEAD = /^[0-9a-f]+-[0-9a-f]+ \S+ (?<offset>[0-9a-f]+) (?<device>\S+) (?<inode>\d+)/;

/** proc(5), smaps: a head for each mapping, then its sizes. */
export function mappingsIn(smaps: string): Mapping[] {
  return smaps.split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/).flatMap((text) => {
    const head = HEAD.exec(text)?.groups;
    if (head === undefined) return [];
    const bytesOf = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
    const anonymousBytes = bytesOf('Anonymous');
    const file = `${head['device']} ${head['inode']} ${head['offset']}`;
    return [{ file, filedBytes: bytesOf('Rss') - anonymousBytes, anonymousBytes }];
  });
}
