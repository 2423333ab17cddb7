// What tools/fine-tune decides without torch: data, mixtures, intervals, verdicts. With VOICEINPUT_FINE_TUNE, the training too,
// in an environment of 5.6 GB that is made when it is not there.

import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const folder = resolve(import.meta.dirname, '../../tools/fine-tune');
const isAll = process.env['VOICEINPUT_FINE_TUNE'] !== undefined;
const environment = process.env['VOICEINPUT_FINE_TUNE_ENV'] ?? join(homedir(), '.cache/voiceinput-fine-tune');

function unittest(python: string, tests: string) {
  const args = ['-m', 'unittest', 'discover', '-s', tests, '-t', '.'];
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return spawnSync(python, args, { cwd: folder, encoding: 'utf8', env });
}

const [major = 0, minor = 0] =
  spawnSync('python3', ['-c', 'import sys; print(*sys.version_info[:2])'], { encoding: 'utf8' })
    .stdout?.split(' ')
    .map(Number) ?? [];
const hasPython = major === 3 && minor >= 11;

test.skipIf(!hasPython)('it decides as it should — Install Python 3.11 or newer', () => {
  const { status, stderr } = unittest('python3', 'tests');
  expect(stderr).toMatch(/Ran [1-9]\d* tests/);
  expect(status, stderr).toBe(0);
});

// The reporter takes what stands behind the dash for the reason.
test.skipIf(!isAll)(
  'it trains as transformers would, and goes on where it was stopped — run by pnpm prove, as it installs 5.6 GB',
  () => {
    const env = { ...process.env, VOICEINPUT_FINE_TUNE_ENV: environment };
    const made = spawnSync('python3', [folder, 'setup'], { encoding: 'utf8', env });
    expect(made.status, made.stderr).toBe(0);
    const { status, stderr } = unittest(join(environment, 'bin/python'), 'tests_with_torch');
    expect(stderr).toMatch(/Ran [1-9]\d* tests/);
    expect(status, stderr).toBe(0);
  },
);
