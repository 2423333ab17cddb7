// Files become text and subtitles, whether they were selected or picked, and that a broken one is told of.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonEvent } from '@voiceinput/client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import TranscribeFile from '../src/transcribe-file.tsx';
import { ask, becomeUser, fixture, ownFolder, program, startDaemon } from './daemon/daemon.ts';
import type { Daemon } from './daemon/daemon.ts';
import { open } from './raycast/screen.tsx';
import { clearStage, stage } from './raycast/stage.ts';

const folder = ownFolder();
const recording = join(folder, 'talk.flac');
let daemon: Daemon;

beforeAll(async () => {
  becomeUser(folder);
  copyFileSync(fixture('two-sentences.flac'), recording);
  daemon = await startDaemon();
});
beforeEach(() => {
  clearStage();
  stage.preferences = { executable: program };
});
afterAll(() => daemon.end());

test('selected files are read one after the other; one that is no recording says why', async () => {
  const broken = join(folder, 'broken.wav');
  writeFileSync(broken, 'no sound in here');
  stage.selected = [broken, recording];
  const screen = await open(<TranscribeFile />);
  await screen.until('both', () => screen.every('List', 'isLoading')[0] === false);
  expect(screen.every('List.Item', 'title')).toEqual(['broken.wav', 'talk.flac']);
  const [first, second] = screen.every('List.Item.Detail', 'markdown') as string[];
  expect(first).toMatch(/expected a recording/);
  expect(second).toMatch(/\w+ \w+ \w+ \w+/);
  expect(screen.text()).toMatch(/0:0\d heard/);
  expect(screen.actions('broken.wav')).toEqual(['Show in Finder']);

  await screen.press('Copy Text', 'talk.flac');
  expect(stage.copied[0]).toMatch(/\w+ \w+ \w+ \w+/);
});

test('subtitles are copied and saved beside the recording; another file is replaced only when the user says so', async () => {
  stage.selected = [recording];
  const screen = await open(<TranscribeFile />);
  await screen.until('the subtitles', () => screen.actions().includes('Save SRT'));
  await screen.press('Copy VTT');
  await screen.until('a word that it is done', () => stage.huds.length > 0);
  expect(stage.copied[0]).toMatch(/^WEBVTT\n\n00:00:0\d\.\d{3} --> /);

  await screen.press('Save SRT');
  await screen.until('a word that it is saved', () => stage.toasts.length === 1);
  const path = join(folder, 'talk.srt');
  expect(readFileSync(path, 'utf8')).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n\w/);
  expect(stage.toasts[0]).toMatchObject({ title: 'Saved', message: path });

  writeFileSync(path, 'mine');
  stage.confirms = false;
  await screen.press('Save SRT');
  await screen.until('a question', () => stage.alerts.length === 1);
  expect(readFileSync(path, 'utf8')).toBe('mine');
  stage.confirms = true;
  await screen.press('Save SRT');
  await screen.until('a second word', () => stage.toasts.length === 2);
  expect(readFileSync(path, 'utf8')).toMatch(/^1\n/);
});

test('without a selection a file is picked', async () => {
  const screen = await open(<TranscribeFile />);
  await screen.until('the form', () => screen.all('Form.FilePicker').length === 1);
  await screen.tell('Action.SubmitForm', 'onSubmit', { files: [recording] });
  await screen.until('the text', () => screen.every('List', 'isLoading')[0] === false);
  expect(screen.every('List.Item', 'title')).toEqual(['talk.flac']);
});

test('a daemon that dies in the middle: the file is read anew when it is back', async () => {
  stage.selected = [fixture('long.flac')];
  const screen = await open(<TranscribeFile />);
  await screen.shows(/0:\d\d heard/);
  await daemon.kill();
  await screen.until('a word about it', () => screen.actions().includes('Start the Daemon'));
  daemon = await startDaemon();
  await ask(async (client) => {
    const progress = new Promise<DaemonEvent>((resolve) =>
      client.onEvent((event) => event.type === 'progress' && resolve(event)),
    );
    await client.call('watch', { after: 0 });
    expect(await progress).toMatchObject({ sessionId: expect.stringMatching(/^raycast-/) });
  });
  await screen.until('the file again', () => screen.every('List.Item', 'title').includes('long.flac'));
  expect(stage.toasts.at(-1)).toMatchObject({ title: 'Connected to the daemon again' });
});
