// Memory of a program: that of its children counts, and a program that is gone has none.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { memoryOfTree } from '../src/processes/memory.ts';

const linux = process.platform === 'linux';
if (!linux) process.stdout.write('Skipped: the memory of other processes is read from /proc, which only Linux has.\n');

const HELD_BYTES = 64 * 2 ** 20;
const holdMemory = `const held = Buffer.alloc(${HELD_BYTES}, 1); process.stdout.write('held'); setInterval(() => held, 1000);`;
const asChild = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(holdMemory)}], { stdio: 'inherit' });`;

it.skipIf(!linux)('counts what a child of the program holds', async () => {
  const program = spawn(process.execPath, ['-e', asChild], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(program.stdout, 'data');
  const { processes, pssBytes, rssBytes, heldBytes } = await memoryOfTree(program.pid!);
  expect(processes).toBe(2);
  expect(heldBytes).toBeGreaterThan(HELD_BYTES);
  expect(pssBytes).toBeGreaterThan(heldBytes);
  expect(rssBytes).toBeGreaterThanOrEqual(pssBytes);

  // The whole group: the child would outlive its parent.
  process.kill(-program.pid!, 'SIGKILL');
  await once(program, 'close');
  expect(await memoryOfTree(program.pid!)).toEqual({ processes: 0, pssBytes: 0, rssBytes: 0, heldBytes: 0 });
});
