// What a user gets who makes a data set of recordings: all that can be used, and every other one counted.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/run.ts';
import { fixture, ownFolder } from '../voiceinput/scene.ts';

const folder = ownFolder();
const source = join(folder, 'recordings');
const out = join(folder, 'data');

function holds(speaker: string, name: string, { of, text }: { of: string; text: string }): string {
  const path = join(source, speaker, name);
  mkdirSync(join(source, speaker), { recursive: true });
  copyFileSync(fixture(of), path);
  writeFileSync(path.replace(/\.\w+$/, '.txt'), text);
  return path;
}

const spoken = 'formats/mp3.mp3';
for (const speaker of ['ann', 'bob', 'eve']) holds(speaker, 'own.mp3', { of: spoken, text: `Said by ${speaker}.` });
for (const count of [1, 2, 3]) holds('bob', `more-${count}.wav`, { of: 'formats/s16.wav', text: `More, ${count}.` });
holds('bob', 'other-rate.wav', { of: 'formats/8khz-stereo.wav', text: 'Of another rate.' });
holds('bob', 'long.flac', { of: 'long.flac', text: 'Too long.' });
holds('bob', 'leak.ogg', { of: 'formats/opus.ogg', text: 'SAID BY ANN!' });
truncateSync(holds('bob', 'empty.mp3', { of: spoken, text: 'Broken.' }), 0);

const run = (...args: string[]) =>
  voiceinput(['dataset', 'from-folder', source, '--out', out, '--language', 'en', ...args], { folder });
const lines = (part: string): { file_name: string; text: string; group: string }[] =>
  readFileSync(join(out, part, 'metadata.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as never);

test('speakers are kept apart, what is broken is named, and a second run adds nothing', async () => {
  const first = await run('--json');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(first.stdout)).toMatchObject({
    layout: 'text-beside',
    added: 7,
    there: 0,
    leftOut: { broken: 1, 'too-long': 1, 'held-out': 1 },
    parts: { train: { clips: 5, groups: 1 }, validation: { clips: 1 }, test: { clips: 1 } },
  });
  expect(first.stderr).toContain('bob/empty.mp3');
  expect(lines('train').map(({ group }) => group)).toEqual(Array(5).fill('bob'));
  expect([...lines('validation'), ...lines('test')].map(({ group }) => group).toSorted()).toEqual(['ann', 'eve']);

  const again = await run();
  expect(again.stdout).toContain('0 written to');
  expect(again.stdout).toContain('7 were there');
  expect(again.stdout).toMatch(/^train +5 /m);
  expect(lines('train')).toHaveLength(5);
});

test('what is written can be heard by others, at 16 000 Hz', () => {
  const { file_name } = lines('train').find(({ text }) => text === 'Of another rate.')!;
  const { stderr } = spawnSync('ffmpeg', ['-i', join(out, 'train', file_name), '-f', 'null', '-'], {
    encoding: 'utf8',
  });
  expect(stderr).toContain('Audio: flac, 16000 Hz, mono');
});
