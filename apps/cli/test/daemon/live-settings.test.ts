// Whether a configuration file that is saved counts at once, and one with a mistake changes nothing.

import { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@voiceinput/client';
import { openDisplay } from '@voiceinput/desktop';
import type { Display } from '@voiceinput/desktop';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import type { VirtualDisplay } from '@voiceinput/rig/display';
import { describeUnless } from '@voiceinput/rig/unless';
import { never } from '@voiceinput/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { voiceinput } from '../voiceinput/here.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { eventsOf, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();

const source = { use: 'source-file', options: { path: fixture('two-sentences.flac'), realtime: true } };
const dictation = { key: '', cues: false, source, sink: nowhere };

const save = (folder: string, configuration: object): void =>
  writeFileSync(join(folder, 'voiceinput', 'config.json'), JSON.stringify(configuration, null, 2));

describe('a configuration file that is saved', () => {
  const folder = ownFolder();
  let daemon: Daemon;
  let client: Client;
  const status = () => client.call('status', {});

  beforeAll(async () => {
    daemon = await startDaemon({ folder, dictation: { sink: nowhere } });
    client = await daemon.connect();
  }, 120_000);
  afterEach(async () => {
    save(folder, { dictation });
    await vi.waitFor(async () => {
      const { profiles, troubles } = await status();
      if (profiles.length > 1 || troubles?.length !== 0) throw new Error('The file of before is in force.');
    }, 20_000);
  });
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
  });

  test('is in force for the next dictation: words, profile and what it is replaced with', async () => {
    const replacements = { window: 'Fenster' };
    save(folder, { hybrid: false, profile: 'quick', replacements, profiles: { quick: {} }, dictation });
    await expect.poll(status).toMatchObject({ profile: 'quick', profiles: ['default', 'quick'], hybrid: false });
    await daemon.shows(/Settings in force: from .*config\.json/);
    const { sessionId } = await client.call('start', {});
    const entry = await client.call('result', { sessionId });
    expect(entry).toMatchObject({ profile: 'quick', outcome: 'done', text: expect.stringContaining('Fenster') });
  });

  test('names a profile that can be chosen at once', async () => {
    save(folder, { profiles: { quick: { hybrid: false } }, dictation });
    await expect.poll(async () => (await status()).profiles).toContain('quick');
    const { exitCode } = await voiceinput(['set-for-now', '--profile', 'quick'], { folder, env: daemon.env });
    expect(exitCode).toBe(0);
    expect(await status()).toMatchObject({ profile: 'quick', hybrid: false });
  });

  test('leaves what a client has set while it says the same about it', async () => {
    await client.call('set', { hybrid: false, source: { use: 'source-file', options: source.options } });
    save(folder, { profiles: { other: {} }, dictation: { ...dictation, mode: 'toggle' } });
    await expect.poll(status).toMatchObject({ mode: 'toggle', profiles: ['default', 'other'], hybrid: false });
    save(folder, { hybrid: false, dictation });
    save(folder, { dictation });
    await client.call('set', { hybrid: true });
    expect(await status()).toMatchObject({ hybrid: true });
  });

  test.each([
    ['is no JSON', '{ "hybrid": fals }', /not valid JSON at line 1, column 13/],
    ['has an unknown key', '{ "hybird": false }', /"hybird" is not a known key; the nearest known key is "hybrid"/],
    ['names no profile', '{ "profile": "quik" }', /There is no profile "quik"/],
    ['is empty', '', /the file is empty/],
  ])('is told of and changes nothing when it %s', async (_what, text, message) => {
    const before = await status();
    const events = await eventsOf(client);
    writeFileSync(join(folder, 'voiceinput', 'config.json'), text);
    await expect.poll(async () => (await status()).troubles?.[0]?.message).toMatch(message);
    const now = await status();
    expect(now).toMatchObject({ profile: before.profile, hybrid: before.hybrid, profiles: before.profiles });
    expect(now.troubles?.[0]?.message).toMatch(/The previous settings stay in force\.$/);
    await daemon.shows(message);
    expect(events).toContainEqual(expect.objectContaining({ type: 'troubles', troubles: now.troubles }));
    const { stdout } = await voiceinput(['status'], { folder, env: daemon.env });
    expect(stdout).toMatch(message);
    save(folder, { dictation });
    await expect.poll(async () => (await status()).troubles).toEqual([]);
  });

  test('counts also when it is replaced, a link or gone', async () => {
    const file = join(folder, 'voiceinput', 'config.json');
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const replace = (path: string, mode: string): void => {
      writeFileSync(`${path}~`, JSON.stringify({ dictation: { ...dictation, mode } }));
      renameSync(`${path}~`, path);
    };
    replace(file, 'toggle');
    await expect.poll(async () => (await status()).mode).toBe('toggle');
    replace(join(elsewhere, 'mine.json'), 'hands-free');
    unlinkSync(file);
    symlinkSync(join(elsewhere, 'mine.json'), file);
    await expect.poll(async () => (await status()).mode).toBe('hands-free');
    replace(join(elsewhere, 'mine.json'), 'toggle');
    await expect.poll(async () => (await status()).mode).toBe('toggle');
    unlinkSync(file);
    await expect.poll(async () => (await status()).settingsFiles).toEqual([]);
  });
});

const missing = missingForDisplay();

describeUnless(missing)('a key in a file that is saved', () => {
  const folder = ownFolder();
  let server: VirtualDisplay;
  let user: Display;
  let daemon: Daemon;
  let client: Client;
  const status = () => client.call('status', {});

  beforeAll(async () => {
    server = await openVirtualDisplay();
    process.env['DISPLAY'] = server.name;
    user = await openDisplay(never);
    const env = { DISPLAY: server.name, WAYLAND_DISPLAY: '' };
    daemon = await startDaemon({ folder, env, dictation: { key: 'F9', mode: 'toggle', sink: nowhere } });
    client = await daemon.connect();
  }, 120_000);
  afterAll(async () => {
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await user.close();
    await server.close();
  });

  test('is the one that works, when the dictation of the old one is over', async () => {
    await user.keyboard.send([{ key: 'F9' }], never);
    await expect.poll(async () => (await status()).state).toBe('recording');
    save(folder, { dictation: { ...dictation, key: 'F8', mode: 'toggle' } });
    await user.keyboard.send([{ key: 'F9' }], never);
    await expect.poll(async () => (await status()).recording).toBeUndefined();
    await daemon.shows(/Settings in force/);
    await user.keyboard.send([{ key: 'F9' }], never);
    await user.keyboard.send([{ key: 'F8' }], never);
    await expect.poll(async () => (await status()).state).toBe('recording');
    await user.keyboard.send([{ key: 'F8' }], never);
    await expect.poll(async () => (await status()).recording).toBeUndefined();
    expect((await status()).key).toEqual({ name: 'F8' });
  });

  test('that does not exist is told, and doctor examines the file that it is given', async () => {
    save(folder, { dictation: { ...dictation, key: 'F99' } });
    await expect.poll(async () => (await status()).key.trouble?.message).toMatch(/Unknown key "F99"/);
    save(folder, { dictation: { ...dictation, key: 'F8' } });
    await expect.poll(async () => (await status()).key).toEqual({ name: 'F8' });
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify({ dictation: { ...dictation, key: 'F99' } }));
    const { stdout } = await voiceinput(['doctor', '--config', other, '--json'], { folder, env: daemon.env });
    const found = { what: 'key', state: 'limited', detail: expect.stringMatching(/Unknown key "F99"/) };
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining(found));
  });
});
