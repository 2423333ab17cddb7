// A reading and its book become pairs: with a scripted runner, which hears one word in each 360 ms.

import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const out = join(folder, 'data');
const api = JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'));
const sentence = (index: number): string =>
  `Here the ${'abcdefghijklmn'[index]}th of all sentences ends with word${'abcdefghijklmn'[index]}.`;
const sentences = Array.from({ length: 12 }, (_, index) => sentence(index));

const runner = `
  import { definePlugin } from ${api};
  const words = ${JSON.stringify(sentences)}.join(' ').toLowerCase().replaceAll('.', '').split(' ');
  const STEP = 5760;
  export default definePlugin({
    id: 'runner-clock', kind: 'runner', api: 1, title: 'Hears by the clock',
    capabilities: { languages: ['en'], maxClipMs: 60000, proposals: false },
    create: async () => ({
      model: 'clock', close: async () => {},
      async run({ samples, startSample }) {
        const heard = words
          .map((text, index) => ({ text, startSample: index * STEP, endSample: index * STEP + (index % 9 === 8 ? 1600 : 5000), confidence: 1 }))
          .filter((word) => word.startSample >= startSample && word.endSample <= startSample + samples.length);
        return { text: heard.map(({ text }) => text).join(' '), words: heard };
      },
    }),
  });`;

writeFileSync(join(folder, 'runner.mjs'), runner);
const profile = { hybrid: false, fast: { use: 'runner-clock' } };
writeFileSync(
  join(folder, 'config.json'),
  JSON.stringify({ plugins: ['./runner.mjs'], profiles: { default: profile } }),
);
// What is read is not all that stands in the book, and the other way round.
writeFileSync(
  join(folder, 'book.txt'),
  [
    'A Book',
    'By Nobody, 1999',
    ...sentences.slice(0, 4),
    'This was not read, it was skipped by the reader.',
    ...sentences.slice(4),
  ].join('\n\n'),
);

const run = (...audio: string[]) =>
  voiceinput(
    [
      'dataset',
      'from-audiobook',
      ...audio,
      '--text',
      'book.txt',
      '--language',
      'en',
      '--out',
      out,
      '--config',
      'config.json',
      '--json',
    ],
    { folder },
  );
const pairs = (): { file_name: string; text: string; score: number; duration_ms: number }[] =>
  readFileSync(join(out, 'train', 'metadata.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as never);

test('pairs are stretches of the book that were heard; what was stopped goes on, and is not heard twice', async () => {
  const broken = join(folder, 'broken.mp3');
  writeFileSync(broken, '');
  const first = await run(fixture('long.flac'), broken);
  expect(first).toMatchObject({ exitCode: 0 });
  const summary = JSON.parse(first.stdout) as { added: number; words: { heard: number; inPairs: number } };
  expect(summary).toMatchObject({ leftOut: { broken: 1 } });
  expect(summary.words.inPairs).toBeGreaterThan(0.6 * summary.words.heard);
  const book = readFileSync(join(folder, 'book.txt'), 'utf8').split(/\s+/).join(' ');
  for (const { text, score, duration_ms: durationMs } of pairs()) {
    expect(book).toContain(text);
    expect(text).not.toContain('skipped');
    expect(score).toBeGreaterThanOrEqual(0.85);
    expect(durationMs).toBeGreaterThan(2900);
    expect(durationMs).toBeLessThan(26_000);
  }
  const written = readdirSync(join(out, 'train'));

  // As if it had been stopped in the middle of a line.
  truncateSync(join(out, 'train', 'metadata.jsonl'), readFileSync(join(out, 'train', 'metadata.jsonl')).length - 5);
  rmSync(join(folder, 'runner.mjs'));
  writeFileSync(
    join(folder, 'runner.mjs'),
    runner.replace('async run(', 'async run() { throw new Error("twice") }, async again('),
  );
  const again = await run(fixture('long.flac'));
  expect(JSON.parse(again.stdout)).toMatchObject({ added: 1, there: summary.added - 1 });
  expect(readdirSync(join(out, 'train'))).toEqual(written);
});

test('another book is told from the one that was read', async () => {
  writeFileSync(join(folder, 'book.txt'), 'Once upon a time there was something else to be told about somebody.');
  const { exitCode, stderr } = await run(fixture('long.flac'));
  expect(exitCode).toBe(3);
  expect(stderr).toContain('ERR_DATASET');
});
