// What is told about the machine that was measured.

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Of the last minute; above the bench's own work it says that others use the machine. */
  readonly load: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

export function machineLine(): string {
  const { cpu, cores, memoryGiB, system, node, load } = describeMachine();
  const busy = load > cores ? ' (others use it too: do not compare with other runs)' : '';
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}; load ${load}${busy}`;
}
