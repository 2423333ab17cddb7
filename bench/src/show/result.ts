// Where a measurement is kept.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import { say } from './table.ts';

interface Kept {
  readonly measured: string;
  readonly at: string;
  readonly machine: Machine;
  readonly result: unknown;
}

/** Writes JSON to `file`, or to a new file in bench/results/. */
export async function keep(measured: string, result: unknown, file?: string): Promise<void> {
  const at = new Date().toISOString();
  const results = fileURLToPath(new URL('../../results/', import.meta.url));
  const path = file === undefined ? join(results, `${measured}-${at.replaceAll(':', '-')}.json`) : resolve(file);
  const kept: Kept = { measured, at, machine: describeMachine(), result };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(kept, null, 1)}\n`);
  say(`\nKept in ${path}`);
}
