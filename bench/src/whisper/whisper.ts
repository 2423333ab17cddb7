// What `bench whisper` measures: how long a Whisper takes to be imported, to open and to read, beside faster-whisper.

import { availableParallelism } from 'node:os';
import type { Runner } from '@voiceinput/plugin-api';
import { chooseClips } from '../evaluation/choose.ts';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { readSpeech } from '../evaluation/clips.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { countErrors, errorsOf } from '../words/align.ts';
import { wordsOf } from '../words/normalise.ts';
import { openFasterWhisper, type FasterWhisper } from './faster-whisper.ts';
import { withImported } from './imported.ts';
import { showWhisper, type ClipReadings } from './show.ts';

const SEED = 7;

export interface WhisperOptions {
  /** A CTranslate2 folder: both can open it. */
  readonly weights: string;
  /** A Python that has faster-whisper. Absent: nothing is compared. */
  readonly fasterWhisper?: string;
  readonly language: string;
  readonly clips: number;
  readonly shortest: number;
  readonly longest: number;
  readonly threads?: number;
  readonly json?: string;
}

export async function measureWhisper(options: WhisperOptions): Promise<void> {
  const { weights, fasterWhisper, language, clips: count, threads = availableParallelism() } = options;
  const all = await readSpeech(evaluationFolder(), language);
  const chosen = chooseClips(all, { count, seed: SEED, shortestS: options.shortest, longestS: options.longest });
  if (chosen.length === 0) throw new Misuse(`There is no clip in ${language} of that length.`);
  const { signal } = new AbortController();
  await withImported(
    weights,
    async ({ cost, open }) => {
      const startedAtMs = performance.now();
      const runner = await open({ threads });
      const openMs = performance.now() - startedAtMs;
      const peer = fasterWhisper && (await openFasterWhisper(fasterWhisper, { weights, language, threads }));
      try {
        const readings = await readClips(chosen, { runner, ...(peer && { peer }), language }, signal);
        const result = { threads, language, seed: SEED, imported: cost, openMs, clips: readings };
        showWhisper(result);
        await keep('whisper', result, options.json);
      } finally {
        if (peer) await peer.close();
        await runner.close();
      }
    },
    signal,
  );
}

interface Readers {
  readonly runner: Runner;
  readonly peer?: FasterWhisper;
  readonly language: string;
}

/** Both read each clip, one after the other; the first clip is read once before, by both. */
async function readClips(
  clips: readonly EvaluationClip[],
  { runner, peer, language }: Readers,
  signal: AbortSignal,
): Promise<ClipReadings[]> {
  const readings: ClipReadings[] = [];
  for (const [index, { id, path, text = '' }] of [clips[0]!, ...clips].entries()) {
    const samples = await samplesOf(path, signal);
    const startedAtMs = performance.now();
    const used = process.cpuUsage();
    const heard = await runner.run({ samples, startSample: 0 }, { language }, signal);
    const { user, system } = process.cpuUsage(used);
    const ms = performance.now() - startedAtMs;
    const other = await peer?.read(path);
    const wrong = (said: string): number => errorsOf(countErrors(wordsOf(text), wordsOf(said)));
    if (index === 0) continue;
    readings.push({
      id,
      words: wordsOf(text).length,
      ours: { ms, processorMs: (user + system) / 1000, wrong: wrong(heard.text) },
      ...(other && { peer: { ms: other.ms, processorMs: other.processorMs, wrong: wrong(other.text) } }),
    });
  }
  return readings;
}
