// The commands without a view do one thing and say so, also when there is no daemon yet.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import settings from '../src/settings.ts';
import toggleDictation from '../src/toggle-dictation.ts';
import toggleHybrid from '../src/toggle-hybrid.ts';
import { ask, becomeUser, ownFolder, program } from './daemon/daemon.ts';
import { clearStage, stage } from './raycast/stage.ts';

const folder = ownFolder();
beforeAll(() => {
  becomeUser(folder);
  // As a launcher has it.
  process.env['PATH'] = '/usr/bin:/bin';
});
beforeEach(clearStage);
afterAll(() => ask((client) => client.call('quit', {})));

test('where no daemon ever ran, the user hears what to do', async () => {
  await toggleDictation();
  expect(stage.huds).toEqual([]);
  expect(stage.toasts).toMatchObject([{ style: 'FAILURE', title: 'Dictation was not changed' }]);
  expect(stage.toasts[0]!.message).toMatch(/The daemon has not been started yet.*voiceinput serve/s);
});

test('a program that is not there is named', async () => {
  stage.preferences = { executable: '/nowhere/voiceinput' };
  await toggleDictation();
  expect(stage.toasts[0]!.message).toContain('/nowhere/voiceinput');
});

test('the settings are opened by the program of the preferences, without a daemon', async () => {
  const path = join(folder, 'page.cjs');
  writeFileSync(path, 'console.log("{}"); require("node:fs").writeFileSync(__filename + ".said", process.argv[2]);');
  stage.preferences = { executable: path };
  await settings();
  expect(stage.toasts).toEqual([]);
  await expect.poll(() => readFileSync(`${path}.said`, 'utf8')).toBe('settings');
  expect(stage.isWindowOpen).toBe(false);
});

test('the daemon is started by the program of the preferences; one press begins, the next ends', async () => {
  stage.preferences = { executable: ` ${program} ` };
  await toggleDictation();
  expect(stage.toasts).toEqual([]);
  expect(stage.huds).toEqual(['Listening']);
  expect(stage.isWindowOpen).toBe(false);
  const { recording } = await ask((client) => client.call('status', {}));
  expect(recording?.mode).toBe('toggle');

  await toggleDictation();
  expect(stage.huds).toEqual(['Listening', 'Transcribing']);
  expect((await ask((client) => client.call('status', {}))).recording).toBeUndefined();
});

test.runIf(process.platform === 'linux')(
  'a daemon started from here finds what package managers installed',
  async () => {
    const { pid } = await ask((client) => client.call('status', {}));
    const path = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .find((setting) => setting.startsWith('PATH='));
    expect(path).toMatch(/^PATH=\/usr\/bin:\/bin:\/opt\/homebrew\/bin:\/usr\/local\/bin$/);
  },
);

test('hybrid goes off and on again; the discovery file is enough to find the daemon', async () => {
  await toggleHybrid();
  expect((await ask((client) => client.call('status', {}))).hybrid).toBe(false);
  await toggleHybrid();
  expect((await ask((client) => client.call('status', {}))).hybrid).toBe(true);
  expect(stage.huds).toEqual(['Hybrid is off: drafts are final', 'Hybrid is on: drafts are refined']);
});

test('a daemon whose settings change while it opens comes up with the new ones', async () => {
  await ask(async (client) => {
    await client.call('quit', {});
    await client.ended;
  });
  await toggleHybrid();
  expect(stage.huds).toEqual(['Hybrid is off: drafts are final']);
  const state = async () => (await ask((client) => client.call('status', {}))).state;
  await expect.poll(state).toBe('idle');
});
