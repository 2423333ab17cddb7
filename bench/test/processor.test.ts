// Processor time of a program: that of its children counts, also of those that have ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { processorSecondsOfTree, timesIn } from '../src/processes/processor.ts';

const linux = process.platform === 'linux';
if (!linux)
  process.stdout.write('Skipped: processor time of other processes is read from /proc, which only Linux has.\n');

it('reads the four times, whatever the name of the program', () => {
  const stat = '7 (a) b (c) S 1 7 7 0 -1 4194304 100 200 0 0 11 12 13 14 20 0 1 0 5';
  expect(timesIn(stat)).toEqual([11, 12, 13, 14]);
});

const USED_S = 0.3;
const work = `while (process.cpuUsage().user < ${USED_S * 1e6});`;
const inChildren = `
  const { spawn, spawnSync } = require('node:child_process');
  spawnSync(process.execPath, ['-e', ${JSON.stringify(work)}]);
  const hold = ${JSON.stringify(`${work} process.stdout.write('worked'); setInterval(() => undefined, 1000);`)};
  spawn(process.execPath, ['-e', hold], { stdio: 'inherit' });`;

it.skipIf(!linux)('counts what children use and what ended ones have used', async () => {
  const program = spawn(process.execPath, ['-e', inChildren], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(program.stdout, 'data');
  expect(await processorSecondsOfTree(program.pid!)).toBeGreaterThan(2 * USED_S - 0.05);

  // The whole group: the child would outlive its parent.
  process.kill(-program.pid!, 'SIGKILL');
  await once(program, 'close');
  expect(await processorSecondsOfTree(program.pid!)).toBe(0);
});
