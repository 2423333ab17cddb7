// What `bench whisper-words` measures: which words a Whisper gets wrong in each way of reading, clip by clip.

import type { Runner } from '@voiceinput/plugin-api';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { readSpeech } from '../evaluation/clips.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { note } from '../show/table.ts';
import { countErrors, errorsOf } from '../words/align.ts';
import { wordsOf } from '../words/normalise.ts';
import { withImported, type Imported } from './imported.ts';
import { showWords, type ClipWords, type Way, type WayReading } from './show-words.ts';

export interface WordsOptions {
  readonly weights: string;
  readonly language: string;
  readonly among?: string;
  readonly beams: number;
  readonly float: boolean;
  readonly refined: boolean;
  readonly limit?: number;
  readonly threads?: number;
  readonly json?: string;
}

export async function measureWords(options: WordsOptions): Promise<void> {
  const { weights, language, limit } = options;
  const clips = spread(await readSpeech(evaluationFolder(), language), limit);
  if (clips.length === 0) throw new Misuse(`There is no clip in ${language}.`);
  const { signal } = new AbortController();
  await withImported(
    weights,
    async (imported) => {
      const runners = await openAll(imported, options);
      try {
        const readings: ClipWords[] = [];
        for (const [done, clip] of clips.entries()) {
          readings.push(await readClip(clip, { runners, options }, signal));
          if ((done + 1) % 20 === 0) note(`  ${done + 1} of ${clips.length}`);
        }
        const result = { language, beams: options.beams, clips: readings };
        showWords(result);
        await keep('whisper-words', result, options.json);
      } finally {
        await Promise.all([...runners.values()].map((runner) => runner.close()));
      }
    },
    signal,
  );
}

/** At even distances, so that every group of the set has its share. */
function spread<T>(all: readonly T[], limit = all.length): T[] {
  const count = Math.min(limit, all.length);
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]!);
}

async function openAll(
  { open }: Imported,
  { threads, beams, float, refined }: WordsOptions,
): Promise<ReadonlyMap<Way, Runner>> {
  const each = threads === undefined ? {} : { threads };
  // Words are counted here, however long they take.
  const withinMs = 600_000;
  const runners = new Map<Way, Runner>([['draft', await open(each)]]);
  if (float) runners.set('float', await open({ ...each, precision: 'float' }));
  if (refined) runners.set('refined', await open({ ...each, beams, beamsWithinMs: withinMs }));
  return runners;
}

interface Reading {
  readonly runners: ReadonlyMap<Way, Runner>;
  readonly options: WordsOptions;
}

async function readClip(
  { id, path, text = '' }: EvaluationClip,
  { runners, options: { language, among } }: Reading,
  signal: AbortSignal,
): Promise<ClipWords> {
  const samples = await samplesOf(path, signal);
  const clip = { samples, startSample: 0 };
  const expected = wordsOf(text);
  const ways: Partial<Record<Way, WayReading>> = {};

  for (const [way, runner] of runners) {
    const startedAtMs = performance.now();
    const heard = await runner.run(clip, { language }, signal);

    const wrong = errorsOf(countErrors(expected, wordsOf(heard.text)));
    ways[way] = { text: heard.text, wrong, ms: performance.now() - startedAtMs };
  }
  if (among === undefined) return { id, text, words: expected.length, ways };
  const { language: chosen } = await runners.get('draft')!.run(clip, { languages: among.split(',') }, signal);
  return { id, text, words: expected.length, ways, ...(chosen !== undefined && { chosen }) };
}
