import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { folderNamedBy, homeFolder } from '@voiceinput/plugin-api';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

test('the home is that of the environment, and of the account where that is relative', () => {
  expect(homeFolder()).toBe(homedir());
  for (const relative of ['home', '.', '']) {
    vi.stubEnv('HOME', relative);
    vi.stubEnv('USERPROFILE', relative);
    expect(homeFolder()).toBe(userInfo().homedir);
  }
});

test('a folder that a variable names counts when it is absolute', () => {
  vi.stubEnv('VOICEINPUT_TEST_FOLDER', resolve('somewhere'));
  expect(folderNamedBy('VOICEINPUT_TEST_FOLDER')).toBe(resolve('somewhere'));
  for (const none of ['', 'somewhere', '../somewhere', '~/somewhere']) {
    vi.stubEnv('VOICEINPUT_TEST_FOLDER', none);
    expect(folderNamedBy('VOICEINPUT_TEST_FOLDER')).toBeUndefined();
  }
  expect(folderNamedBy('VOICEINPUT_TEST_NOT_SET')).toBeUndefined();
});
