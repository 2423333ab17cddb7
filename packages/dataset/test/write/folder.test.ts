import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepBeside, openDatasetFolder } from '@voiceinput/dataset';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'voiceinput-dataset-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const sine = Float32Array.from({ length: 16_000 }, (_, index) => Math.sin(index / 20) / 2);
const clip = (name: string, group = 'ann') => ({ name, group, text: `This is ${name}.`, language: 'en' });

const metadata = (part: string): unknown[] =>
  readFileSync(join(folder, part, 'metadata.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

test('a clip is a line and a FLAC file, and is there when the folder is opened again', async () => {
  const first = await openDatasetFolder(folder);
  await first.add(clip('a/b c.wav'), 'train', sine);
  await first.close();
  const [line] = metadata('train') as [{ file_name: string }];
  expect(line).toMatchObject({ text: 'This is a/b c.wav.', group: 'ann', duration_ms: 1000, source: 'a/b c.wav' });
  const bytes = readFileSync(join(folder, 'train', line.file_name));
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('fLaC');
  expect(bytes.length).toBeLessThan(32_000);

  const second = await openDatasetFolder(folder);
  expect(second.has('a/b c.wav')).toBe(true);
  expect(second.groups.get('ann')).toBe('train');
  await second.close();
});

test('a line that was cut off is written anew', async () => {
  const first = await openDatasetFolder(folder);
  await first.add(clip('one'), 'train', sine);
  await first.close();
  appendFileSync(join(folder, 'train', 'metadata.jsonl'), '{"file_name":"two-');

  const second = await openDatasetFolder(folder);
  expect(second.has('two')).toBe(false);
  await second.add(clip('two'), 'train', sine);
  await second.close();
  expect(metadata('train')).toMatchObject([{ source: 'one' }, { source: 'two' }]);
});

test('a speaker is never divided, not even by a later run', async () => {
  const first = await openDatasetFolder(folder);
  await first.add(clip('one'), 'test', sine);
  await first.close();
  const second = await openDatasetFolder(folder);
  await expect(second.add(clip('two'), 'train', sine)).rejects.toMatchObject({
    code: 'ERR_DATASET',
    message: expect.stringContaining('"ann" is in the part test'),
  });
  await second.close();
  expect(existsSync(join(folder, 'train'))).toBe(false);
});

test('a folder with something else is left alone', async () => {
  writeFileSync(join(folder, 'letter.txt'), 'Dear Ann');
  await expect(openDatasetFolder(folder)).rejects.toMatchObject({ code: 'ERR_DATASET' });
});

test('what cannot be kept beside the clips is said as what cannot be written', async () => {
  const place = join(folder, 'heard');
  await keepBeside(place, 'one.json', '[]');
  expect(readFileSync(join(place, 'one.json'), 'utf8')).toBe('[]');
  await expect(keepBeside(join(place, 'one.json'), 'two.json', '[]')).rejects.toMatchObject({
    code: 'ERR_STORAGE',
    message: expect.stringContaining(place),
  });
});
