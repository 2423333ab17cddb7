import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clipsIn } from '../../src/compare/clips.ts';

const folder = mkdtempSync(join(tmpdir(), 'voiceinput-clips-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what was said stands beside a recording, or in the table of a data set', async () => {
  for (const name of ['a.wav', 'b.flac', 'c.mp3', 'notes.md']) writeFileSync(join(folder, name), '');
  writeFileSync(join(folder, 'a.txt'), ' Beside.\n');
  writeFileSync(
    join(folder, 'metadata.jsonl'),
    '{"file_name":"b.flac","text":"In the table.","language":"ru"}\n{"file_name":"gone',
  );
  expect((await clipsIn(folder)).map(({ name, said, language }) => [name, said, language])).toEqual([
    ['a.wav', 'Beside.', undefined],
    ['b.flac', 'In the table.', 'ru'],
    ['c.mp3', undefined, undefined],
  ]);
});
