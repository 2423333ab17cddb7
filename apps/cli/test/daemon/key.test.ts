import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@voiceinput/client';
import { openDisplay } from '@voiceinput/desktop';
import type { Chord, Display } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countingIn } from '../voiceinput/counting.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const missing = missingForDisplay();
const F9 = 0xffc6;

describeUnless(missing)('a key that another program has claimed', () => {
  const folder = ownFolder();
  let server: VirtualDisplay;
  let other: Display;
  let chord: Chord;
  let daemon: Daemon;
  let client: Client;
  const status = () => client.call('status', {});

  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    other = await openDisplay(never);
    chord = { keycodes: other.keyboard.keymap.keycodesOf(F9), modifiers: new Set() };
    expect(await other.keptKeys.keep(chord)).toBe(true);
    const env = { DISPLAY: server.name, WAYLAND_DISPLAY: '' };
    daemon = await startDaemon({
      folder,
      env,
      config: countingIn(folder),
      dictation: { key: 'F9', mode: 'toggle', sink: nowhere },
    });
    client = await daemon.connect();
  });
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await other.close();
    await server.close();
  });

  test('is told by the daemon, its status and both doctors', async () => {
    const trouble = { code: 'ERR_DESKTOP', message: expect.stringMatching(/Another program uses the key F9/) };
    expect((await status()).key).toMatchObject({ name: 'F9', trouble });
    await daemon.shows(/Ready\. Another program uses the key F9/);
    const found = { what: 'key', state: 'limited', detail: expect.stringMatching(/Another program/) };
    expect((await client.call('doctor', {})).findings).toContainEqual(expect.objectContaining(found));
    const { stdout } = await voiceinput(['doctor', '--json'], { folder, env: daemon.env });
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining(found));
  });

  test('is not what is said of a key that another file names', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, JSON.stringify({ dictation: { key: 'F99' } }));
    const { stdout } = await voiceinput(['doctor', '--config', file, '--json'], { folder, env: daemon.env });
    const found = { what: 'key', state: 'limited', detail: expect.stringContaining('F99') };
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining(found));
  });

  test('works all the same, and is claimed when the other one lets go', async () => {
    await other.keyboard.send([{ key: 'F9' }], never);
    await expect.poll(async () => (await status()).state).toBe('recording');
    await other.keptKeys.giveBack();
    await other.keyboard.send([{ key: 'F9' }], never);
    await expect.poll(async () => (await status()).recording).toBeUndefined();
    await expect.poll(async () => (await status()).key).toEqual({ name: 'F9' });
    expect(await other.keptKeys.keep(chord), 'it is claimed').toBe(false);
  });
});
