// Dictate shows a real dictation of a real daemon from the first word to the better reading, and what can be done with it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import Dictate from '../src/dictate.tsx';
import { ask, becomeUser, fixture, ownFolder, program, startDaemon } from './daemon/daemon.ts';
import type { Daemon } from './daemon/daemon.ts';
import { open } from './raycast/screen.tsx';
import type { Screen } from './raycast/screen.tsx';
import { clearStage, stage } from './raycast/stage.ts';

const folder = ownFolder();
/** Stands for the field in front: where the daemon puts what is pasted. */
const field = join(folder, 'field.txt');
const sink = { use: 'sink-exec', options: { command: ['tee', field], stage: 'both' } };
let daemon: Daemon;

beforeAll(async () => {
  // Whoever speaks goes on until the test stops it.
  becomeUser(folder, { dictation: { sink } }, fixture('long.flac'));
  daemon = await startDaemon();
});
beforeEach(() => {
  clearStage();
  stage.preferences = { executable: program };
});
afterAll(() => daemon.end());

test('words appear while they are said; Stop gives the draft, then the better reading with its figures', async () => {
  const screen = await open(<Dictate />);
  await screen.shows(/Listening …/);
  expect(screen.every('Tag', 'text')).toEqual(['listening']);
  expect(screen.actions()).toEqual(['Stop', 'Cancel']);
  await screen.until('partial words', () => String(screen.every('Detail', 'markdown')[0]).split(' ').length > 3);
  await screen.shows(/Level\n▁/);

  await screen.press('Stop');
  await screen.shows(/Refined after/);
  expect(screen.actions()).toEqual(
    expect.arrayContaining(['Paste', 'Copy', 'Transcribe Again', 'Remove', 'Dictate Again']),
  );
  const [entry] = (await ask((client) => client.call('history/list', { limit: 1 }))).entries;
  expect(entry).toMatchObject({ mode: 'toggle', outcome: 'done' });
  expect(entry!.text).toMatch(/\w+\W+\w+\W+\w+/);

  await screen.press('Copy');
  expect(stage.copied).toEqual([entry!.text]);

  expect(screen.actions()).not.toContain('Undo');
  await screen.press('Paste');
  await screen.until('a word that it is done', () => stage.huds.length > 0);
  expect(stage).toMatchObject({ huds: ['Pasted'], closings: 1, pasted: [] });
  expect(readFileSync(field, 'utf8')).toBe(entry!.text);

  await screen.press('Undo');
  await screen.until('a word about it', () => stage.toasts.length > 0);
  expect(stage.toasts).toMatchObject([{ style: 'SUCCESS', title: 'Undone' }]);
  expect(readFileSync(field, 'utf8')).toBe('');

  await screen.press('Transcribe Again');
  await screen.until('a second entry', () => stage.toasts.length === 1);
  const { entries } = await ask((client) => client.call('history/list', { limit: 2 }));
  expect(entries).toMatchObject([{ retryOf: entry!.id, text: entry!.text }, { id: entry!.id }]);
});

test('a cancelled dictation is gone; the next one begins in the same view', async () => {
  const screen = await open(<Dictate />);
  await screen.shows(/Listening …/);
  await screen.press('Cancel');
  await screen.shows(/The dictation was cancelled/);
  await screen.press('Dictate Again');
  await screen.shows(/Listening …/);
  await screen.press('Cancel');
  await screen.shows(/The dictation was cancelled/);
});

test('closing the view ends the dictation that it began; what was said is in the history', async () => {
  const screen = await open(<Dictate />);
  await screen.shows(/Listening …/);
  const { recording } = await ask((client) => client.call('status', {}));
  await screen.close();
  const entry = await ask((client) => client.call('result', { sessionId: recording!.sessionId }));
  expect(entry.outcome).not.toBe('failed');
  expect((await ask((client) => client.call('status', {}))).recording).toBeUndefined();
});

test('closing the view leaves a dictation alone that somebody else began before', async () => {
  const { sessionId } = await ask((client) => client.call('start', { mode: 'toggle' }));
  const screen = await open(<Dictate />);
  await screen.until('the running dictation', () => screen.actions().includes('Stop'));
  await leavesAlone(screen, sessionId);
});

test('closing the view leaves a dictation alone that somebody else began after its own', async () => {
  const screen = await open(<Dictate />);
  await screen.shows(/Listening …/);
  await screen.press('Cancel');
  await screen.shows(/The dictation was cancelled/);
  const { sessionId } = await ask((client) => client.call('start', { mode: 'toggle' }));
  await screen.shows(/Listening …/);
  await leavesAlone(screen, sessionId);
});

test('closing the view leaves a dictation alone that somebody else began after the daemon of its own had died', async () => {
  const screen = await open(<Dictate />);
  await screen.shows(/Listening …/);
  await daemon.kill();
  await screen.until('a word about it', () => stage.toasts.length > 0);
  daemon = await startDaemon();
  await screen.until('an answer', () => screen.actions().includes('Dictate Again'));
  const { sessionId } = await ask((client) => client.call('start', { mode: 'toggle' }));
  await screen.shows(/Listening …/);
  await leavesAlone(screen, sessionId);
});

async function leavesAlone(screen: Screen, sessionId: string): Promise<void> {
  await screen.close();
  // Whatever the view asked for while it closed is answered by now.
  await sleep(200);
  const { recording } = await ask((client) => client.call('status', {}));
  expect(recording?.sessionId).toBe(sessionId);
  await ask((client) => client.call('cancel', {}));
}

test('a daemon that dies is told of; it is started again from the view and dictation goes on', async () => {
  const screen = await open(<Dictate />);
  await screen.shows(/Listening …/);
  await daemon.kill();
  await screen.until('a word about it', () => stage.toasts.length > 0);
  expect(stage.toasts).toMatchObject([{ style: 'ANIMATED', title: 'The daemon stopped' }]);
  expect(screen.actions()).toEqual(['Start the Daemon', 'Open Preferences']);
  await screen.press('Open Preferences');
  expect(stage.arePreferencesOpen).toBe(true);

  await screen.press('Start the Daemon');
  await screen.until('an answer', () => screen.actions().includes('Dictate Again'));
  await screen.press('Dictate Again');
  await screen.shows(/Listening …/);
  await screen.press('Cancel');
  await screen.shows(/The dictation was cancelled/);
  await screen.close();
  await ask((client) => client.call('quit', {}));
});
