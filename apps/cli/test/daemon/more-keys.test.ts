// Further keys to speak with, one of them a button of the mouse, each with a profile of its own.

import { execFileSync } from 'node:child_process';
import type { Client } from '@voiceinput/client';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { describeUnless } from '@voiceinput/rig/unless';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countingIn } from '../voiceinput/counting.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();

describeUnless(missingForDisplay() ?? missingPrograms('xdotool'))('a key with a profile', () => {
  const folder = ownFolder();
  let server: VirtualDisplay;
  let daemon: Daemon;
  let client: Client;
  const status = () => client.call('status', {});
  const press = (...args: string[]) =>
    execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: server.name }, stdio: 'pipe' });
  /** Presses to begin and to end. Gives the profile of what was said, and the one in force then. */
  async function spoken(...args: string[]) {
    press(...args);
    await expect.poll(async () => (await status()).state).toBe('recording');
    const { sessionId } = (await status()).recording!;
    press(...args);
    const [{ profile }, now] = [await client.call('result', { sessionId }), await status()];
    return [profile, now.profile];
  }

  beforeAll(async () => {
    server = await openVirtualDisplay();
    const { profiles, ...config } = countingIn(folder) as { profiles: { default: object } };
    const moreKeys = [
      { key: 'Mouse8', profile: 'other' },
      { key: 'F99' },
      { key: 'F8' },
      { key: 'F7', profile: 'nobody' },
    ];
    daemon = await startDaemon({
      folder,
      env: { DISPLAY: server.name, WAYLAND_DISPLAY: '' },
      config: { ...config, profiles: { ...profiles, other: { ...profiles.default, hybrid: false } } },
      dictation: { key: 'F9', moreKeys, mode: 'toggle', sink: nowhere },
    });
    client = await daemon.connect();
  });
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await server.close();
  });

  test('begins with it, and the others with the one that is set', async () => {
    expect(await spoken('click', '8')).toEqual(['other', 'other']);
    expect(await spoken('key', 'F9')).toEqual(['default', 'default']);
    expect(await spoken('click', '8')).toEqual(['other', 'other']);
    expect(await spoken('key', 'F8')).toEqual(['default', 'default']);
  });

  test('that is no key, or whose profile is not there, is warned of; nothing is recorded', async () => {
    await daemon.shows(/Unknown key "F99"/);
    press('key', 'F7');
    await daemon.shows(/ERR_PROFILE_UNKNOWN/);
    expect((await status()).state).toBe('idle');
  });

  test('is asked for on the command line too', async () => {
    const run = (...args: string[]) => voiceinput(args, { folder, env: daemon.env });
    expect((await run('start', '--profile', 'other')).exitCode).toBe(0);
    expect(await status()).toMatchObject({ state: 'recording', profile: 'other' });
    await run('cancel');
    expect(await run('toggle', '--profile', 'nobody')).toMatchObject({ stderr: expect.stringMatching(/nobody/) });
  });
});
