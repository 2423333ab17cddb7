// History finds what was dictated, shows drafts beside refined texts and does what its actions say.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import History from '../src/history.tsx';
import pasteRefined from '../src/paste-refined.ts';
import { ask, becomeUser, fixture, ownFolder, startDaemon } from './daemon/daemon.ts';
import type { Daemon } from './daemon/daemon.ts';
import { open } from './raycast/screen.tsx';
import { clearStage, stage } from './raycast/stage.ts';

const folder = ownFolder();
let daemon: Daemon;
/** The dictation of the sentences. */
let dictated: string;

beforeAll(async () => {
  becomeUser(folder, { profile: 'careful', profiles: { careful: {}, quick: { hybrid: false } } });
  daemon = await startDaemon();
  await dictate('silence.flac');
  dictated = await dictate('two-sentences.flac');
});
beforeEach(clearStage);
afterAll(() => daemon.end());

test('newest first, with text, facts and what can be done', async () => {
  const screen = await open(<History />);
  await screen.until('two entries', () => screen.all('List.Item').length === 2);
  const [entry] = (await ask((client) => client.call('history/list', {}))).entries;
  expect(screen.every('List.Item', 'title')).toEqual([entry!.text, 'microphone: no-speech']);
  expect(screen.every('List.Item.Detail', 'markdown')[1]).toBe('*No speech found.*');
  expect(screen.text()).toMatch(/Profile\ncareful/);
  expect(screen.actions('microphone: no-speech')).toEqual([
    'Transcribe Again',
    'default',
    'careful',
    'quick',
    'Remove',
  ]);

  await screen.press('Copy', entry!.text);
  expect(stage.copied).toEqual([entry!.text]);
});

test('there is no field to write in here: Raycast pastes', async () => {
  const screen = await open(<History />);
  await screen.until('two entries', () => screen.all('List.Item').length === 2);
  const { text } = await ask((client) => client.call('result', { sessionId: dictated }));
  await screen.press('Paste', text);
  await screen.until('a word that it is done', () => stage.huds.length > 0);
  expect(stage).toMatchObject({ huds: ['Pasted by Raycast'], pasted: [text], pastedIntoWindow: false });
});

test('the newest refined text is pasted by a command of its own', async () => {
  const { text } = await ask((client) => client.call('result', { sessionId: dictated }));
  await pasteRefined();
  expect(stage).toMatchObject({ huds: ['Pasted by Raycast'], pasted: [text], pastedIntoWindow: false, toasts: [] });
});

test('the daemon searches', async () => {
  const screen = await open(<History />);
  await screen.until('two entries', () => screen.all('List.Item').length === 2);
  const { text = '' } = await ask((client) => client.call('result', { sessionId: dictated }));
  await screen.tell('List', 'onSearchTextChange', text.split(' ')[2]);
  await screen.until('one entry', () => screen.all('List.Item').length === 1);
  expect(screen.every('List.Item', 'title')).toEqual([text]);
  await screen.tell('List', 'onSearchTextChange', 'nobody said this');
  await screen.shows(/No dictation/);
});

test('what is read again with another profile stands on top at once; what is removed is gone', async () => {
  const screen = await open(<History />);
  await screen.until('two entries', () => screen.all('List.Item').length === 2);
  const { text } = await ask((client) => client.call('result', { sessionId: dictated }));
  await screen.press('quick', text);
  await screen.until('a third entry', () => screen.all('List.Item').length === 3);
  const [newest] = (await ask((client) => client.call('history/list', { limit: 1 }))).entries;
  expect(newest).toMatchObject({ profile: 'quick', retryOf: dictated });

  stage.confirms = false;
  await screen.press('Remove', newest!.text);
  expect(stage.alerts).toEqual(['Delete this dictation?']);
  expect((await ask((client) => client.call('history/list', {}))).entries).toHaveLength(3);
  stage.confirms = true;
  await screen.press('Remove', newest!.text);
  await screen.until('two entries', () => screen.all('List.Item').length === 2);
});

test('a dictation that ends meanwhile appears by itself', async () => {
  const screen = await open(<History />);
  await screen.until('two entries', () => screen.all('List.Item').length === 2);
  await dictate('silence.flac');
  await screen.until('a third entry', () => screen.all('List.Item').length === 3);
});

test('what the daemon refuses is told with what to do', async () => {
  const screen = await open(<History />);
  await screen.until('three entries', () => screen.all('List.Item').length === 3);
  const [silence] = (await ask((client) => client.call('history/list', { limit: 1 }))).entries;
  // The view does not hear of what is removed elsewhere.
  await ask((client) => client.call('history/remove', { id: silence!.id }));
  await screen.press('Transcribe Again', 'microphone: no-speech');
  await screen.until('a word about it', () => stage.toasts.some(({ style }) => String(style) === 'FAILURE'));
  expect(stage.toasts.at(-1)).toMatchObject({ title: 'Could not transcribe again' });
  expect(stage.toasts.at(-1)!.message).toMatch(/voiceinput history/);
});

/** Dictates a file faster than it is spoken. Gives the dictation's ID. */
async function dictate(file: string): Promise<string> {
  return ask(async (client) => {
    await client.call('set', { source: { use: 'source-file', options: { path: fixture(file), realtime: false } } });
    const { sessionId } = await client.call('start', { mode: 'toggle' });
    await client.call('result', { sessionId });
    return sessionId;
  });
}
