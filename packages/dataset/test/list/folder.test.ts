import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listFolder } from '@voiceinput/dataset';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'voiceinput-list-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function holds(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

test('a text beside each recording; who reads in one folder is one speaker', async () => {
  holds({ 'ann/a.wav': '', 'ann/a.txt': ' One\ntwo. ', 'bob/b.mp3': '', 'bob/c.ogg': '', 'bob/c.txt': ' ' });
  const { layout, clips, leftOut } = await listFolder(folder, 'folder');
  expect(layout).toBe('text-beside');
  expect(clips).toEqual([{ name: 'ann/a.wav', path: join(folder, 'ann/a.wav'), text: 'One two.', group: 'ann' }]);
  expect(leftOut).toEqual({ 'no-text': ['bob/b.mp3', 'bob/c.ogg'] });
  expect((await listFolder(folder, 'file')).clips[0]!.group).toBe('ann/a.wav');
});

test('Common Voice: what is validated, quotes as they are, speakers by their id', async () => {
  holds({
    'ru/validated.tsv':
      'client_id\tpath\tsentence\tlocale\nf00\tone.mp3\tОн сказал: "Да.\tru\nf00\tgone.mp3\tНет.\tru\nf00\tone.mp3\tДа.\tru\n',
    'ru/train.tsv': 'client_id\tpath\tsentence\tlocale\n',
    'ru/clips/one.mp3': '',
  });
  const { layout, clips, leftOut } = await listFolder(folder, 'folder');
  expect(layout).toBe('common-voice');
  expect(clips).toMatchObject([{ text: 'Он сказал: "Да.', group: 'f00', language: 'ru', name: 'ru/clips/one.mp3' }]);
  expect(leftOut).toEqual({ 'no-audio': ['gone.mp3'], twice: ['ru/clips/one.mp3'] });
});

test('LibriSpeech: the speaker is the first number', async () => {
  holds({
    'train/19/198/19-198.trans.txt': '19-198-0000 NORTHANGER ABBEY\n19-198-0001 NOT THERE\n',
    'train/19/198/19-198-0000.flac': '',
  });
  const { layout, clips, leftOut } = await listFolder(folder, 'folder');
  expect(layout).toBe('librispeech');
  expect(clips).toMatchObject([{ text: 'NORTHANGER ABBEY', group: '19', language: 'en' }]);
  expect(leftOut).toEqual({ 'no-audio': ['19-198-0001'] });
});

test('a folder of datasets, with JSON lines or a table', async () => {
  holds({
    'train/metadata.jsonl': '{"file_name":"x/1.wav","transcription":"Hello.","speaker_id":7}\n\n',
    'train/x/1.wav': '',
    'test/metadata.csv': 'file_name,text\n2.wav,"Good, bye."\n',
    'test/2.wav': '',
  });
  const { layout, clips } = await listFolder(folder, 'folder');
  expect(layout).toBe('hugging-face');
  expect(clips).toMatchObject([
    { text: 'Good, bye.', group: 'test' },
    { text: 'Hello.', group: '7' },
  ]);
});

test('a table with semicolons and its own names for columns', async () => {
  holds({ 'list.csv': '\uFEFFFile;Speaker;Transcript\na.wav;ann;Hello; "there"\n', 'wavs/a.wav': '' });
  // The quotes in the middle are kept, and what is beyond the columns is not taken for text.
  await expect(listFolder(folder, 'folder')).rejects.toMatchObject({ code: 'ERR_DATASET' });
  holds({ 'list.csv': '\uFEFFFile;Speaker;Transcript\na.wav;ann;"Hello; there"\n' });
  expect((await listFolder(folder, 'folder')).clips).toMatchObject([{ text: 'Hello; there', group: 'ann' }]);
});

test('what cannot be read is said', async () => {
  await expect(listFolder(join(folder, 'nowhere'), 'folder')).rejects.toMatchObject({ code: 'ERR_FILE_NOT_FOUND' });
  await expect(listFolder(folder, 'folder')).rejects.toMatchObject({ code: 'ERR_DATASET' });
  holds({ 'list.csv': 'sound,words\na.wav,Hello\n' });
  await expect(listFolder(folder, 'folder')).rejects.toMatchObject({
    message: expect.stringContaining('has the columns sound, words'),
  });
  rmSync(join(folder, 'list.csv'));
  holds({ 'list.jsonl': '{"path":"a.wav"' });
  await expect(listFolder(folder, 'folder')).rejects.toMatchObject({ message: expect.stringContaining('line 1') });
});
