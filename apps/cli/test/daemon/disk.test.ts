// Whatever the disk does, dictating goes on, texts arrive, and the user hears of it once.

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, onTestFinished, test } from 'vitest';
import { countingIn } from '../voiceinput/counting.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { lines, voiceinput as outside } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon, type DaemonOptions } from './daemon.ts';

withModels();
const base = ownFolder();

/** A disk of a size of its own, which is there for the daemon only. */
const MOUNTING = ['unshare', '--map-root-user', '--mount', 'sh', '-c'];
const ENTERING = ['nsenter', '--user', '--mount', '--preserve-credentials'];
const noMounts = spawnSync(MOUNTING[0]!, [...MOUNTING.slice(1), 'mount -t tmpfs none /mnt']).status !== 0;
const noDisk = noMounts ? 'This machine lets nobody mount a small disk.' : undefined;

/** `seesItsDisks`: whether commands find the daemon's disks too. */
async function user({ seesItsDisks = false, ...options }: Partial<DaemonOptions> & { seesItsDisks?: boolean } = {}) {
  const folder = mkdtempSync(join(base, 'user-'));
  const daemon = await startDaemon({ folder, config: countingIn(folder), dictation: { sink: nowhere }, ...options });
  onTestFinished(async () => {
    daemon.child.kill('SIGTERM');
    await daemon.ended;
  });
  let output = '';
  for (const stream of [daemon.child.stdout!, daemon.child.stderr!]) stream.on('data', (text) => (output += text));
  const run = (...args: string[]) =>
    seesItsDisks
      ? outside(args, { folder, env: daemon.env, within: [...ENTERING, `--target=${daemon.child.pid}`] })
      : voiceinput(args, { folder, env: daemon.env });
  return {
    data: join(folder, 'voiceinput'),
    run,
    /** Says the usual words, and expects them. */
    async dictate() {
      const told = await run('dictate');
      expect(told.exitCode).toBe(0);
      expect(told.stdout).toMatch(/^Heard \d+ samples\./);
      return told;
    },
    troubles: async () => (lines((await run('status', '--json')).stdout)[0] as { troubles: object[] }).troubles,
    entries: async () => JSON.parse((await run('history', 'list', '--json')).stdout) as object[],
    /** How often the daemon's log has said that something cannot be saved. */
    warnings: () => output.match(/ERR_STORAGE/g)?.length ?? 0,
  };
}

test('a folder that is removed in the middle is made again', async () => {
  const { data, dictate, entries, troubles, warnings } = await user();
  await dictate();
  for (const name of ['history', 'recordings']) rmSync(join(data, name), { recursive: true });
  const { stderr } = await dictate();
  expect(await entries()).toMatchObject([{ hasAudio: true, text: expect.stringMatching(/^Heard \d/) }]);
  expect([stderr, await troubles(), warnings()]).toEqual(['', [], 0]);
});

test('recordings that cannot be written are told once, until they can be', async () => {
  const { data, dictate, entries, troubles, warnings } = await user();
  const place = join(data, 'recordings');
  renameSync(place, `${place}-gone`);
  writeFileSync(place, 'a file where the folder was');
  for (let count = 0; count < 2; count += 1) expect((await dictate()).stderr).toMatch(/ERR_STORAGE/);
  expect(await troubles()).toMatchObject([{ code: 'ERR_STORAGE', message: expect.stringContaining(place) }]);
  expect(warnings()).toBe(1);
  expect(await entries()).toMatchObject([{ hasAudio: false }, { hasAudio: false }]);
  rmSync(place);
  mkdirSync(place);
  expect((await dictate()).stderr).toBe('');
  expect(await troubles()).toEqual([]);
});

describeUnless(noDisk)('a disk of its own', () => {
  test('of a recording that a full disk cut short, the half is not kept as the whole', async () => {
    const folder = mkdtempSync(join(base, 'disk-'));
    const script = `mount -t tmpfs -o size=120k none '${folder}' && exec "$@"`;
    const env = { XDG_DATA_HOME: folder };
    const { dictate, entries, troubles, warnings } = await user({ env, within: [...MOUNTING, script, 'sh'] });
    expect((await dictate()).stderr).toMatch(/ENOSPC/);
    expect((await dictate()).stderr).toMatch(/ENOSPC/);
    expect(await entries()).toMatchObject([{ hasAudio: false }, { hasAudio: false }]);
    expect(await troubles()).toHaveLength(1);
    expect(warnings()).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a small runtime folder refuses an upload, keeps none of it, and dictations go on', async () => {
    const folder = mkdtempSync(join(base, 'disk-'));
    const token = 'a-token-that-the-environment-fixes';
    const { dictate, entries, troubles, run } = await user({
      args: ['--http', '--port', '0'],
      env: { VOICEINPUT_RUNTIME_DIR: join(folder, 'run'), VOICEINPUT_HTTP_TOKEN: token },
      within: [...MOUNTING, `mount -t tmpfs -o size=300k none '${folder}' && exec "$@"`, 'sh'],
      seesItsDisks: true,
    });
    const status = async () => lines((await run('status', '--json')).stdout)[0] as { http: { url: string } };
    const { url } = (await status()).http;
    const upload = async (name: string) => {
      const form = new FormData();
      form.set('model', 'voiceinput');
      form.set('file', new Blob([readFileSync(fixture(name))]), name);
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/audio/transcriptions`, { method: 'POST', headers, body: form });
      return [response.status, await response.json()];
    };
    // Twice, as what the first one wrote must be gone.
    for (let count = 0; count < 2; count += 1)
      expect(await upload('long.flac')).toEqual([500, { error: expect.objectContaining({ code: 'ERR_STORAGE' }) }]);
    expect(await upload('two-sentences.flac')).toMatchObject([200, { text: expect.stringMatching(/^Heard \d/) }]);
    await dictate();
    expect([await entries(), await troubles()]).toMatchObject([[{ hasAudio: true }], []]);
  });

  test('on a disk that can only be read, dictations are kept until the daemon ends, and that is said', async () => {
    const folder = mkdtempSync(join(base, 'disk-'));
    const script = `mount -t tmpfs -o ro none '${folder}' && exec "$@"`;
    const { dictate, entries, troubles } = await user({
      env: { XDG_DATA_HOME: folder },
      within: [...MOUNTING, script, 'sh'],
    });
    await dictate();
    expect(await entries()).toHaveLength(1);
    expect(await troubles()).toMatchObject([{ message: expect.stringMatching(/until the daemon stops/) }]);
    expect(existsSync(join(folder, 'voiceinput'))).toBe(false);
  });
});
