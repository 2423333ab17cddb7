// Whether what a reader copies from a page works: every command in a block runs here, or is named with the reason why not.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDaemon } from '../daemon/daemon.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { commandsInBlocks, pages } from './pages.ts';
import { wordsOf } from './words.ts';

/** By what a command begins with. */
const notTried: Readonly<Record<string, readonly string[]>> = {
  'asks somebody at a terminal (tried in setup and uninstall)': ['setup', 'uninstall'],
  'opens a browser (tried in settings-page)': ['settings'],
  'shows an icon in a panel (tried in the tray)': ['tray'],
  'runs until it is ended (tried below and in http)': ['serve'],
  'reads standard input (tried in transcribe)': ['transcribe - '],
  'takes as long as it is spoken (tried in what a stranger installs)': ['demo'],
  'changes what starts at login (tried in service)': ['service install', 'service uninstall'],
  'downloads a gigabyte': ['models pull'],
  'needs a model of somebody’s own (tried in import-model and compare)': [
    'models import',
    'models export',
    'models compare',
  ],
  'needs a corpus or a book (tried in dataset)': ['dataset'],
  'needs the plugin that its page writes (tried by the example of it)': [
    'plugins --config',
    'transcribe fixtures/two-sentences.flac --config',
  ],
};
const printsOnly = ['service install --file'];
const needsDaemon = ['status', 'history', 'dictate'];

const begins = (command: string, beginnings: readonly string[]): boolean =>
  beginnings.some((beginning) => command === beginning.trim() || command.startsWith(`${beginning.trimEnd()} `));
const isTried = (command: string): boolean =>
  begins(command, printsOnly) || !begins(command, Object.values(notTried).flat());

const documented = [...new Set(pages.flatMap(commandsInBlocks).map((command) => wordsOf(command).join(' ')))];
const tried = documented.filter(isTried);

withModels();

describe('what blocks on pages say works for a newcomer', { timeout: 120_000 }, () => {
  const home = ownFolder();
  /** Which languages are spoken decides which model is waited for. */
  const homeOfFiles = ownFolder();
  const env = { XDG_RUNTIME_DIR: home, XDG_STATE_HOME: home, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };

  beforeAll(() => {
    copyFileSync(fixture('formats/m4a.m4a'), join(homeOfFiles, 'note.m4a'));
    copyFileSync(fixture('formats/mp3.mp3'), join(homeOfFiles, 'talk.mp3'));
  });

  test.each(tried.filter((command) => !begins(command, needsDaemon)))('voiceinput %s', async (command) => {
    const folder = begins(command, ['transcribe']) ? homeOfFiles : home;
    expect(await voiceinput(wordsOf(command), { folder, env })).toMatchObject({
      exitCode: 0,
      stderr: expect.not.stringMatching(/error|warning/),
    });
  });
});

describe('what they say of a daemon works where one runs', () => {
  const home = ownFolder();
  let daemon: Daemon;
  beforeAll(async () => {
    mkdirSync(join(home, 'user'));
    daemon = await startDaemon({ folder: join(home, 'user'), speech: fixture('one-word.flac') });
  });
  afterAll(async () => {
    await voiceinput(['quit'], { folder: daemon.folder, env: daemon.env });
    await daemon.ended;
  });

  test.each(tried.filter((command) => begins(command, needsDaemon)))('voiceinput %s', async (command) => {
    const { folder, env } = daemon;
    expect(await voiceinput(wordsOf(command), { folder, env })).toMatchObject({ exitCode: 0 });
  });
});

test('no reason is left over', () => {
  const unused = Object.values(notTried)
    .flat()
    .filter((beginning) => !documented.some((command) => begins(command, [beginning])));
  expect(unused).toEqual([]);
  expect(tried.length).toBeGreaterThan(12);
});
