import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, readDaemonInfo, writeDaemonInfo } from '@voiceinput/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'voiceinput-discovery-'));
  folder = join(base, 'run');
});
afterEach(() => rm(base, { recursive: true }));

const rejectsWith = (code: string) => expect.objectContaining({ code });

describe.skipIf(process.platform === 'win32')('the discovery file of a daemon', () => {
  test('is for its user only, and new for every daemon', async () => {
    const first = await writeDaemonInfo(folder, ['voiceinput', 'serve']);
    expect(await readDaemonInfo(folder)).toEqual(first);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'daemon.json'))).mode & 0o777).toBe(0o600);
    expect((await writeDaemonInfo(folder, ['voiceinput', 'serve'])).token).not.toBe(first.token);
  });

  test('is refused with its place where no folder can be', async () => {
    await writeFile(join(base, 'file'), '');
    await expect(writeDaemonInfo(join(base, 'file', 'run'), [])).rejects.toMatchObject({
      code: 'ERR_STORAGE',
      message: expect.stringContaining(join(base, 'file', 'run')) as string,
    });
  });

  test('is not read where others could have written it', async () => {
    await writeDaemonInfo(folder, []);
    await chmod(join(folder, 'daemon.json'), 0o644);
    await expect(readDaemonInfo(folder)).rejects.toEqual(rejectsWith('ERR_DAEMON_REFUSED'));
    await chmod(join(folder, 'daemon.json'), 0o600);
    await chmod(folder, 0o755);
    await expect(readDaemonInfo(folder)).rejects.toEqual(rejectsWith('ERR_DAEMON_REFUSED'));
  });

  test('is not read through a link, nor written through one', async () => {
    await writeDaemonInfo(folder, []);
    const link = join(base, 'link');
    await symlink(folder, link);
    await expect(readDaemonInfo(link)).rejects.toEqual(rejectsWith('ERR_DAEMON_REFUSED'));
    await expect(writeDaemonInfo(link, [])).rejects.toEqual(rejectsWith('ERR_DAEMON_REFUSED'));
    await rm(join(folder, 'daemon.json'));
    const elsewhere = join(base, 'mine.json');
    await writeFile(elsewhere, await readFile('/etc/hostname', 'utf8').catch(() => '{}'), { mode: 0o600 });
    await symlink(elsewhere, join(folder, 'daemon.json'));
    await expect(readDaemonInfo(folder)).rejects.toEqual(rejectsWith('ERR_DAEMON_REFUSED'));
  });

  test.each(['', '{}', '{"token":1}', 'null', '['])('that holds %j is none', async (text) => {
    await writeDaemonInfo(folder, []);
    await writeFile(join(folder, 'daemon.json'), text);
    await expect(readDaemonInfo(folder)).rejects.toEqual(rejectsWith('ERR_DAEMON_MISSING'));
  });

  test('of a daemon that is gone leads nowhere, and says so', async () => {
    await writeDaemonInfo(folder, []);
    const { signal } = new AbortController();
    await expect(connect({ client: 'a test', folder }, signal)).rejects.toEqual(rejectsWith('ERR_DAEMON_MISSING'));
    await expect(connect({ client: 'a test', folder: join(base, 'no') }, signal)).rejects.toEqual(
      rejectsWith('ERR_DAEMON_MISSING'),
    );
  });

  test('leads to a short socket where the folder has a long name', async () => {
    const { socket } = await writeDaemonInfo(join(base, 'x'.repeat(120)), []);
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(103);
  });
});
