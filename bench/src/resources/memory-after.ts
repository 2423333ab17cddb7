// What the memory of an engine is after a clip: of its main process, of each lane, of all together.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from '../latency/contenders/contender.ts';
import { memoryAloneOfTree } from '../processes/alone.ts';
import { memoryOf, memoryOfTree } from '../processes/memory.ts';
import type { Memory } from '../processes/memory.ts';
import type { Mode } from './modes.ts';

/** Time for what is still under way when the last text has come. */
const SETTLE_MS = 1000;

export interface MemoryAfter {
  readonly mode: Mode;
  /** By process: `main`, `fast`, `refine`. */
  readonly processes: Readonly<Record<string, Memory>>;
  /** With processes that are none of these. */
  readonly all: Memory;
  /** The least that all of them would take if no other program shared their files. */
  readonly aloneBytes: number;
}

export async function memoryAfter(path: string, { pid, ready, read }: Contender): Promise<Omit<MemoryAfter, 'mode'>> {
  await read({ path, realtime: true });
  await sleep(SETTLE_MS);
  const named = Object.entries({ main: pid, ...ready.pids });
  const entries = await Promise.all(named.map(async ([name, id]) => [name, await memoryOf([id])] as const));
  return {
    processes: Object.fromEntries(entries),
    all: await memoryOfTree(pid),
    aloneBytes: await memoryAloneOfTree(pid),
  };
}
