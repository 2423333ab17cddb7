// Readings become pairs: of synthetic voices with passages skipped, repeated and misread, and of many speakers one after
// the other. Heard with real weights; what is right is known by the word.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describeUnless } from '@voiceinput/rig/unless';
import type { ReadingLanguage } from '@voiceinput/dataset';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { voiceinput } from '../voiceinput/run.ts';
import { ownFolder } from '../voiceinput/scene.ts';
import { ENGLISH, RUSSIAN } from './chapters.ts';
import { spokenBy } from './festival.ts';
import { speechClips, speechFolder } from './general.ts';
import { chances, misread, placeOf, Recording, samplesOf, sounds } from './reading.ts';
import type { Said } from './reading.ts';

const seed = Number(process.env['VOICEINPUT_ALIGNMENT_SEED'] ?? 'NaN');
const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const weights = join(process.env['VOICEINPUT_TEST_MODELS'] || join(cache, 'voiceinput-test-models'), 'whisper-base');
const MODEL = 'base-of-the-alignment-proof';
/** Times of words are that unsure, festival's as well. */
const UNSURE_SAMPLES = 40 * 16;

function whyNot(): string | undefined {
  if (Number.isNaN(seed)) return 'It hears an hour: pnpm prove does that.';
  if (!existsSync(weights)) return `There are no weights in ${weights}: node scripts/whisper-weights.mjs`;
  return spawnSync('festival', ['--version']).status === 0 ? undefined : 'festival is not installed.';
}

interface Pair {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

describeUnless(whyNot())('pairs of a reading', () => {
  const folder = ownFolder();
  const run = async (...args: string[]): Promise<void> => {
    const { stderr, exitCode } = await voiceinput(args, {
      folder,
      env: { VOICEINPUT_CACHE_DIR: join(folder, 'cache') },
    });
    expect(exitCode, stderr).toBe(0);
  };
  beforeAll(() => run('models', 'import', weights, '--name', MODEL), 600_000);
  const told: string[] = [];
  afterAll(() => console.log(`alignment: ${told.join('; ')}`));

  /** Makes a data set of the recording. */
  async function pairsOf(
    name: string,
    { recording, book, language }: Reading,
  ): Promise<{ pairs: Pair[]; samples: Int16Array }> {
    const [audio, text, out, config] = ['wav', 'txt', 'data', 'json'].map((end) => join(folder, `${name}.${end}`)) as [
      string,
      string,
      string,
      string,
    ];
    const samples = recording.write(audio);
    writeFileSync(text, book.join('\n\n'));
    const profile = {
      hybrid: false,
      segments: { maxMs: 28_000 },
      fast: { use: 'runner-whisper', options: { model: MODEL } },
    };
    writeFileSync(config, JSON.stringify({ languages: [language], profiles: { default: profile } }));
    await run(
      'dataset',
      'from-audiobook',
      audio,
      '--text',
      text,
      '--language',
      language,
      '--out',
      out,
      '--config',
      config,
    );
    const pairs = ['train', 'validation', 'test'].flatMap((part) =>
      linesOf(join(out, part, 'metadata.jsonl')).map((line) => ({ ...line, part })),
    );
    return {
      samples,
      pairs: pairs.map(({ file_name, part, text: said, source }) => {
        const clip = samplesOf(join(out, part, file_name));
        const from = placeOf(clip, samples, Number(source.split('#').at(-1)));
        return { text: said, from, to: from + clip.length };
      }),
    };
  }

  test.each([
    ['ru', RUSSIAN],
    ['en', ENGLISH],
  ] as const)('by a synthetic voice (%s) are what was said there, to the word', async (language, chapter) => {
    const chance = chances(seed);
    const book = chapter.trim().split(/(?<=[.!?])\s+/);
    const read = misread(book, chance);
    const voices = join(folder, `festival-${language}`);
    mkdirSync(voices);
    const recording = new Recording(chance);
    for (const [index, sentence] of spokenBy(language, read, voices).entries()) {
      recording.sentence(sentence, read[index]!);
      recording.pause(250, 900);
    }
    const { pairs } = await pairsOf(`festival-${language}`, { recording, book, language });
    const { said } = recording;
    const isInside = ({ startSample, endSample }: Said, at: number): boolean =>
      startSample + UNSURE_SAMPLES < at && at < endSample - UNSURE_SAMPLES;
    const cut = pairs.filter(({ from, to }) => said.some((word) => isInside(word, from) || isInside(word, to)));
    const saidIn = ({ from, to }: Pair): string =>
      said
        .filter(({ startSample, endSample }) => startSample + endSample > 2 * from && startSample + endSample < 2 * to)
        .map((word) => word.text)
        .join(' ');
    const wrong = pairs.filter((pair) => sounds(pair.text, language) !== sounds(saidIn(pair), language));
    const inPairs = pairs.reduce((sum, { text }) => sum + text.split(' ').length, 0);
    told.push(
      `a synthetic voice (${language}) ${pairs.length - wrong.length} of ${pairs.length} pairs right, ${inPairs} of ${said.length} words in them, ${cut.length} cuts inside a word`,
    );
    for (const pair of wrong) console.log(`${shown(pair)}\n  was read: ${saidIn(pair)}`);
    expect(pairs.length).toBeGreaterThan(8);
    expect(cut).toEqual([]);
    expect(wrong.length).toBeLessThanOrEqual(0.01 * pairs.length);
  });

  test.skipIf(speechFolder === undefined).each(['ru', 'en'] as const)(
    'by many speakers (%s), of a shuffled book, hold whole clips — VOICEINPUT_EVAL_DIR names recordings',
    async (language) => {
      const chance = chances(seed + 1);
      const clips = speechClips(language);
      const recording = new Recording(chance);
      for (const { path, text } of clips.filter(() => chance() < 0.8)) {
        recording.clip(samplesOf(path), text);
        recording.pause(700, 1200);
      }
      // Blocks of six change places: what is read is found only where the order is that of the book.
      const blocks = Array.from({ length: Math.ceil(clips.length / 6) }, (_, index) => ({
        index,
        key: index + 3 * chance(),
      }));
      const book = blocks
        .toSorted((one, other) => one.key - other.key)
        .flatMap(({ index }) => clips.slice(6 * index, 6 * index + 6).map(({ text }) => text));
      const { pairs } = await pairsOf(`speakers-${language}`, { recording, book, language });
      const wrong = pairs.filter((pair) => !isOfClips(pair, recording.said, language));
      told.push(`many speakers (${language}) ${pairs.length - wrong.length} of ${pairs.length} pairs right`);
      for (const pair of wrong) console.log(shown(pair));
      expect(pairs.length).toBeGreaterThan(8);
      expect(wrong.length).toBeLessThanOrEqual(0.01 * pairs.length);
    },
  );
});

const shown = ({ text, from, to }: Pair): string =>
  `  ${(from / 16_000).toFixed(2)}–${(to / 16_000).toFixed(2)} s: ${text}`;

interface Reading {
  readonly recording: Recording;
  readonly book: readonly string[];
  readonly language: ReadingLanguage;
}

interface Line {
  readonly file_name: string;
  readonly text: string;
  readonly source: string;
}

const linesOf = (path: string): Line[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
    : [];

/** Whether a text is that of the clips that a pair covers: whole, where it was cut between clips; else a stretch of it. */
function isOfClips({ text, from, to }: Pair, said: readonly Said[], language: ReadingLanguage): boolean {
  const covered = said.filter(({ startSample, endSample }) => startSample < to && endSample > from);
  const whole = ` ${sounds(covered.map((clip) => clip.text).join(' '), language)} `;
  const own = ` ${sounds(text, language)} `;
  const beginsBetween = covered[0] === undefined || from <= covered[0].startSample;
  const endsBetween = covered.length === 0 || to >= covered.at(-1)!.endSample;
  return whole.includes(own) && (!beginsBetween || whole.startsWith(own)) && (!endsBetween || whole.endsWith(own));
}
