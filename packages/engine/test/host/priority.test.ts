import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { expect, test } from 'vitest';

const module = new URL('../../dist/host/priority.js', import.meta.url).href;
const program = `
  import { getPriority } from 'node:os';
  import { giveWay } from ${JSON.stringify(module)};
  giveWay();
  console.log(getPriority());`;

test.each([
  ['', constants.priority.PRIORITY_LOW],
  ['usual', constants.priority.PRIORITY_NORMAL],
])('a process gives way to all others unless that is not wanted: VOICEINPUT_REFINE_PRIORITY=%s', (wanted, priority) => {
  const env = { ...process.env, VOICEINPUT_REFINE_PRIORITY: wanted };
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' });
  expect(stdout).toBe(`${priority}\n`);
});
