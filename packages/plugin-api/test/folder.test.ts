import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '@voiceinput/plugin-api';
import { expect, onTestFinished, test } from 'vitest';

const isPosix = process.platform !== 'win32';

function room(): string {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-folder-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('makes what is missing above it too, and leaves what is there as it is', async () => {
  const folder = room();
  if (isPosix) chmodSync(folder, 0o755);
  const wanted = join(folder, 'a', 'b');
  await makeFolder(wanted, 0o700);
  await makeFolder(wanted, 0o700);
  expect(statSync(wanted).isDirectory()).toBe(true);
  if (!isPosix) return;
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
});

test('several may make the same folders at once', async () => {
  const wanted = join(room(), 'a', 'b', 'c');
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(wanted)));
  expect(statSync(wanted).isDirectory()).toBe(true);
});

test('a file in the way is told', async () => {
  const file = join(room(), 'file');
  writeFileSync(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  if (isPosix) await expect(makeFolder(join(file, 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(isPosix)('a link that leads nowhere is told', async () => {
  const folder = room();
  const link = join(folder, 'link');
  symlinkSync(join(folder, 'nothing'), link);
  await expect(makeFolder(join(link, 'a'))).rejects.toMatchObject({ code: 'EEXIST', path: link });
});

// In a process of its own: what went on for ever could not be ended from within.
test.runIf(process.platform === 'linux')(
  'a place that has no folders and makes none is told, not tried for ever',
  () => {
    const program = `
    import { makeFolder } from ${JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'))};
    await makeFolder('/proc/voiceinput/cache').catch((error) => console.log(error.code, error.path));`;
    const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 10_000,
      killSignal: 'SIGKILL',
    });
    expect({ stdout, signal }).toEqual({ stdout: 'ENOENT /proc/voiceinput\n', signal: null });
  },
);
