// Which recorders are running for a rig, and how many descriptors this process holds.

import { readdirSync, readFileSync } from 'node:fs';

const RECORDERS = new Set(['parecord', 'pacat', 'arecord', 'rec', 'sox']);

/** Names of the processes that record from the server of `rig`, and of `node-mic` processes that do. */
export function recordersOf({ env }: { readonly env: Readonly<Record<string, string>> }): string[] {
  const mark = `PULSE_SERVER=${env['PULSE_SERVER']}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      const [command = '', environment = ''] = ['cmdline', 'environ'].map((file) => textOf(`/proc/${id}/${file}`));
      const program = command.split('\0')[0]?.split('/').at(-1) ?? '';
      const records = RECORDERS.has(program) || command.includes('node-mic-process');
      return records && environment.split('\0').includes(mark) ? [program] : [];
    });
}

/** Children of this process that ended and were not waited for. */
export function zombies(): number {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    const [, state, parent] = /\) (\S) (\d+)/.exec(textOf(`/proc/${id}/stat`)) ?? [];
    return state === 'Z' && Number(parent) === process.pid;
  }).length;
}

export const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended since it was listed.
    return '';
  }
}
