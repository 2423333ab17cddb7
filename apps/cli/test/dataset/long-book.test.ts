// Twenty hours of reading take no more memory than one: heard by a scripted runner, one word in each 360 ms.

import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import { expect, test } from 'vitest';
import { start } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';

const HOURS = Number(process.env['VOICEINPUT_BOOK_HOURS'] ?? 0);
const STEP_SAMPLES = 5760;
const ALLOWED_GROWTH_BYTES = 250_000_000;
const whyNot = HOURS > 0 ? undefined : 'It takes half an hour of processor: pnpm prove does that.';

describeUnless(whyNot)('a long reading', () => {
  withModels();
  const folder = ownFolder();

  test(`of ${HOURS} hours is cut with flat memory`, async () => {
    const audio = join(folder, 'reading.flac');
    const { duration } = JSON.parse(
      ffmpeg('ffprobe', '-show_entries', 'format=duration', '-of', 'json', fixture('long.flac')).toString(),
    ).format as { duration: string };
    const loops = Math.ceil((HOURS * 3600) / Number(duration)) - 1;
    ffmpeg('ffmpeg', '-stream_loop', String(loops), '-i', fixture('long.flac'), '-ar', '16000', '-ac', '1', audio);
    const words = Math.ceil((HOURS * 3600 * 16_000) / STEP_SAMPLES);
    writeFileSync(
      join(folder, 'book.txt'),
      Array.from({ length: words }, (_, index) => `${wordAt(index)}${index % 9 === 8 ? '.' : ''}`).join(' '),
    );
    writeFileSync(join(folder, 'runner.mjs'), runner);
    const profile = { hybrid: false, fast: { use: 'runner-clock' } };
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({ plugins: ['./runner.mjs'], profiles: { default: profile } }),
    );

    const args = ['dataset', 'from-audiobook', audio, '--text', 'book.txt', '--language', 'en', '--out', 'data'];
    const running = start([...args, '--config', 'config.json', '--json'], { folder });
    const bytes: number[] = [];
    const watch = setInterval(() => bytes.push(running.pids().reduce((sum, pid) => sum + residentBytes(pid), 0)), 2000);
    const { stdout, stderr, exitCode } = await running.ended;
    clearInterval(watch);
    expect(exitCode, stderr).toBe(0);
    const { added, words: counted } = JSON.parse(stdout) as {
      added: number;
      words: { heard: number; inPairs: number };
    };
    const settled = Math.max(...bytes.slice(0, Math.ceil(bytes.length / HOURS)));
    const most = Math.max(...bytes);
    console.log(
      `a long reading: ${HOURS} h, ${statSync(audio).size >> 20} MiB, ${counted.inPairs} of ${counted.heard} words in ${added} pairs; memory ${settled >> 20} MiB in the first part of ${HOURS}, ${most >> 20} MiB at most`,
    );
    expect(counted.inPairs).toBeGreaterThan(0.5 * counted.heard);
    expect(most - settled).toBeLessThan(ALLOWED_GROWTH_BYTES);
  });
});

function ffmpeg(program: 'ffmpeg' | 'ffprobe', ...args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(program, ['-v', 'error', ...args]);
  if (status !== 0) throw new Error(`${program}: ${stderr.toString()}`);
  return stdout;
}

/** No two are the same. */
const WORD_AT = "(index) => 'w' + index.toString(36).replace(/\\d/g, (digit) => 'æðøþßłđŋħı'[Number(digit)])";
const wordAt = (index: number): string =>
  `w${index.toString(36).replace(/\d/g, (digit) => 'æðøþßłđŋħı'[Number(digit)]!)}`;

const runner = `
  import { definePlugin } from ${JSON.stringify(import.meta.resolve('@voiceinput/plugin-api'))};
  const wordAt = ${WORD_AT};
  const STEP = ${STEP_SAMPLES};
  export default definePlugin({
    id: 'runner-clock', kind: 'runner', api: 1, title: 'Hears by the clock',
    capabilities: { languages: ['en'], maxClipMs: 60000, proposals: false },
    create: async () => ({
      model: 'clock', close: async () => {},
      async run({ samples, startSample }) {
        const words = [];
        const last = Math.floor((startSample + samples.length - 5000) / STEP);
        for (let index = Math.ceil(startSample / STEP); index <= last; index++)
          words.push({ text: wordAt(index), startSample: index * STEP, endSample: index * STEP + (index % 9 === 8 ? 1600 : 5000), confidence: 1 });
        return { text: words.map(({ text }) => text).join(' '), words };
      },
    }),
  });`;

/** Shared pages counted. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
  } catch {
    // It has just ended.
    return 0;
  }
}
