// Every container with every coding that ffmpeg can write: the text is right, or a sentence names what the file is.
// All that are in docs/formats.json, and that file anew: VOICEINPUT_CORPUS=all npx vitest run --project cli formats/corpus
// All that this ffmpeg can write, which takes it thousands of tries: VOICEINPUT_CORPUS=discover

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { ErrorLine, ResultLine } from '@voiceinput/plugin-api';
import { describeUnless } from '@voiceinput/rig/unless';
import sourceFile from '@voiceinput/source-file';
import { never } from '@voiceinput/testkit';
import { expect, test, vi } from 'vitest';
import { lines, voiceinput } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { wordErrorRate } from '../voiceinput/word-errors.ts';
import { everyPair, nameOf, written, type Pair } from './pairs.ts';
import type { FormatsRecord, PairOutcome } from './record.ts';

withModels();
const folder = ownFolder();

const RECORD = resolve(import.meta.dirname, '../../../../docs/formats.json');
const WANTED = process.env['VOICEINPUT_CORPUS'];
const isWhole = WANTED !== undefined;
const SAMPLE = 10;
const SAID = 'The brown fox waits by the river.';
/** Of seven words. Codecs for telephones and toys cost some. */
const MOST_WRONG = 0.3;
/** So few bits a second that nobody is sure to understand it. */
const HARDLY_SPEECH = /codec2|real_144|^rm$|dfpwm|roq|nellymoser|g723_1/;
const BATCH = 40;

const missing = spawnSync('ffmpeg', ['-version']).error === undefined ? undefined : 'ffmpeg is not installed.';

describeUnless(missing)('with ffmpeg', () => {
  test(
    isWhole ? 'every format that ffmpeg can write' : `${SAMPLE} of the formats that ffmpeg can write`,
    { timeout: isWhole ? 3_600_000 : 600_000 },
    async () => {
      const before = JSON.parse(readFileSync(RECORD, 'utf8')) as FormatsRecord;
      const pairs = WANTED === 'discover' ? await everyPair() : isWhole ? before.pairs : sampleOf(before.pairs);
      const outcomes: PairOutcome[] = [];
      for (let from = 0; from < pairs.length; from += BATCH)
        outcomes.push(...(await heard(pairs.slice(from, from + BATCH))));

      if (isWhole) keep(outcomes);
      const expected = isWhole ? outcomes : pairs.map((pair) => find(before, pair));
      expect(outcomes.map(known)).toEqual(expected.map(known));
      expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toEqual([]);
    },
  );
});

function keep(outcomes: readonly PairOutcome[]): void {
  const read = outcomes.filter(({ outcome }) => outcome === 'text' || outcome === 'unclear').length;
  process.stdout.write(
    `formats: ${outcomes.length} written, ${read} read, ${outcomes.length - read} refused by name\n`,
  );
  const [ffmpeg = ''] = /^ffmpeg version \S+/.exec(execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' })) ?? [];
  const record: FormatsRecord = { ffmpeg, when: new Date().toISOString().slice(0, 10), pairs: outcomes };
  writeFileSync(RECORD, `${JSON.stringify(record, null, 1)}\n`);
  expect(outcomes.length).toBeGreaterThan(60);
}

/** What became of those of `pairs` that can be written. */
async function heard(pairs: readonly Pair[]): Promise<PairOutcome[]> {
  const place = join(folder, 'written');
  const files = await inTurns(pairs, async (pair) => ({
    pair,
    path: await written(fixture('formats/s16.wav'), pair, place),
  }));
  const there = files.flatMap(({ pair, path }) => (path === undefined ? [] : [{ pair, path }]));
  if (there.length === 0) return [];
  const run = await voiceinput(['transcribe', '--json', '--no-hybrid', ...there.map(({ path }) => path)], { folder });
  const results = lines(run.stdout).filter(({ type }) => type === 'result') as unknown as ResultLine[];
  const errors = lines(run.stderr).filter(({ type }) => type === 'error') as unknown as ErrorLine[];
  const outcomes: PairOutcome[] = [];
  for (const { pair, path } of there) {
    const result = results.find(({ file }) => file === path);
    const error = errors.find(({ file }) => file === path);
    outcomes.push({ ...pair, ...outcomeOf(pair, path, result?.text, error), alone: await isReadAlone(path) });
  }
  rmSync(place, { recursive: true });
  return outcomes;
}

function outcomeOf(
  pair: Pair,
  path: string,
  text: string | undefined,
  error: ErrorLine | undefined,
): Pick<PairOutcome, 'outcome' | 'says'> {
  // Neither the place of this run nor addresses in memory.
  const says = error?.message.replaceAll(`"${path}"`, nameOf(pair)).replaceAll(/ @ 0x[0-9a-f]+/g, '');
  if (error !== undefined && text === undefined) {
    const isSentence = ['ERR_AUDIO_FORMAT', 'ERR_AUDIO_CORRUPT', 'ERR_AUDIO_EMPTY'].includes(error.code);
    return { outcome: isSentence ? 'refused' : 'wrong', says: says! };
  }
  if (wordErrorRate(SAID, text ?? '') <= MOST_WRONG) return { outcome: 'text', ...(says !== undefined && { says }) };
  const heard = `heard ${JSON.stringify(text)}`;
  return { outcome: HARDLY_SPEECH.test(nameOf(pair)) ? 'unclear' : 'wrong', says: says ?? heard };
}

/** Whether it is decoded without ffmpeg. */
async function isReadAlone(path: string): Promise<boolean> {
  vi.stubEnv('PATH', folder);
  const ignore = (): undefined => undefined;
  const context = { pluginId: 'source-file', models: { locate: refuse }, prepare: refuse, log: ignore, warn: ignore };
  const source = await sourceFile.create({ path }, context, never);
  let samples = 0;
  try {
    for await (const frame of source.frames(never)) samples += frame.samples.length;
    return samples > 16_000;
  } catch {
    return false;
  } finally {
    await source.close();
    vi.unstubAllEnvs();
  }
}

const refuse = (): Promise<never> => Promise.reject(new Error('no models here'));

/** Some from all over the list, always the same. */
function sampleOf(pairs: readonly PairOutcome[]): Pair[] {
  const step = pairs.length / SAMPLE;
  return Array.from({ length: SAMPLE }, (_, index) => pairs[Math.floor((index + 0.5) * step)]!);
}

const find = ({ pairs }: FormatsRecord, one: Pair): PairOutcome => pairs.find((pair) => nameOf(pair) === nameOf(one))!;
const known = ({ container, coding, outcome, alone }: PairOutcome) => ({ container, coding, outcome, alone });

/** As many at once as there are cores. */
async function inTurns<Item, Done>(items: readonly Item[], work: (item: Item) => Promise<Done>): Promise<Done[]> {
  const done: Done[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return done;
}
