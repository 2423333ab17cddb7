// How much processor an engine takes while somebody speaks: processor seconds for each second of the recording.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from '../latency/contenders/contender.ts';
import { processorSecondsOf, processorSecondsOfTree } from '../processes/processor.ts';
import type { Mode } from './modes.ts';

export interface ProcessorDuring {
  readonly mode: Mode;
  /** Cores, by process: `main`, `fast`, `refine`. */
  readonly processes: Readonly<Record<string, number>>;
  /** Cores, of all processes together. */
  readonly all: number;
}

export async function processorDuring(
  { path, lengthS }: { readonly path: string; readonly lengthS: number },
  { pid, ready, read }: Contender,
): Promise<Omit<ProcessorDuring, 'mode'>> {
  const named = Object.entries({ main: pid, ...ready.pids });
  const used = async (): Promise<Readonly<Record<string, number>>> => {
    const entries = named.map(async ([name, id]) => [name, await processorSecondsOf(id)] as const);
    return { ...Object.fromEntries(await Promise.all(entries)), all: await processorSecondsOfTree(pid) };
  };
  const before = await used();
  // What comes after the last sample is not recording any more.
  const [after] = await Promise.all([sleep(lengthS * 1000).then(used), read({ path, realtime: true })]);
  const cores = (name: string): number => ((after[name] ?? 0) - (before[name] ?? 0)) / lengthS;
  return { processes: Object.fromEntries(named.map(([name]) => [name, cores(name)])), all: cores('all') };
}
