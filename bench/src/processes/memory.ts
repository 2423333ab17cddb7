// How much memory a program uses, its children included (Linux: from /proc).

import { readFile } from 'node:fs/promises';
import { setInterval } from 'node:timers/promises';
import { orNone, treeOf } from './tree.ts';

export interface Memory {
  readonly processes: number;
  /** Resident: what is shared counts in every process. */
  readonly rssBytes: number;
  /** Proportional: what is shared is divided among those who share it. */
  readonly pssBytes: number;
  /** The part of it that is no file: what a leak would grow, whoever else has the same files open. */
  readonly heldBytes: number;
}

export interface MemorySample extends Memory {
  readonly atMs: number;
}

/** Samples the tree of `pid` until the signal is aborted or the process is gone. Gives none where there is no /proc. */
export async function sampleMemory(pid: number, everyMs: number, signal: AbortSignal): Promise<MemorySample[]> {
  const samples: MemorySample[] = [];
  const startedAtMs = performance.now();
  try {
    for await (const _ of setInterval(everyMs, undefined, { signal })) {
      const sample = await memoryOfTree(pid);
      if (sample.processes === 0) break;
      samples.push({ atMs: performance.now() - startedAtMs, ...sample });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return samples;
}

/** The process and all below it, now. Zeros when it is gone or there is no /proc. */
export async function memoryOfTree(pid: number): Promise<Memory> {
  return memoryOf(await treeOf(pid));
}

/** These processes together. */
export async function memoryOf(pids: readonly number[]): Promise<Memory> {
  const sizes = (await Promise.all(pids.map((pid) => orNone(readRollup(pid))))).filter(({ length }) => length > 0);
  const sum = (index: number): number => sizes.reduce((total, size) => total + (size[index] ?? 0), 0);
  return { processes: sizes.length, rssBytes: sum(0), pssBytes: sum(1), heldBytes: sum(2) };
}

/** proc(5), smaps_rollup: resident and proportional size, and the anonymous part of the latter. */
async function readRollup(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return ['Rss', 'Pss', 'Pss_Anon'].map(
    (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024,
  );
}
