// What `bench whisper-shape` measures: what a larger Whisper costs that re-reads the draft of a smaller one.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, type Steps } from '@voiceinput/onnx';
import type { Runner } from '@voiceinput/plugin-api';
import {
  ask,
  hear,
  openWhisper,
  preparedModel,
  suppression,
  taskTokens,
  type Whisper,
} from '@voiceinput/runner-whisper/measure';
import { chooseClips } from '../evaluation/choose.ts';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { readSpeech } from '../evaluation/clips.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { keep } from '../show/result.ts';
import { note, say } from '../show/table.ts';
import { withImported } from './imported.ts';
import { shapes, writeRandomWeights, type Shape } from './random-weights.ts';
import { showShape, type ShapeReading } from './show-shape.ts';

const SEED = 7;

export interface ShapeOptions {
  readonly weights: string;
  readonly size: Shape;
  readonly language: string;
  readonly clips: number;
  readonly longest: number;
  readonly beams: number;
  readonly threads?: number;
  readonly keep?: string;
  readonly json?: string;
}

export async function measureShape(options: ShapeOptions): Promise<void> {
  const { weights, size, keep: kept } = options;
  if (kept !== undefined) {
    await mkdir(kept);
    await writeRandomWeights(shapes[size], weights, kept);
    say(`Random weights of whisper-${size} are in ${kept}.`);
    return;
  }
  const all = await readSpeech(evaluationFolder(), options.language);
  const clips = chooseClips(all, { count: options.clips, seed: SEED, shortestS: 1, longestS: options.longest });
  const { signal } = new AbortController();
  const drafts = await draftsOf(clips, options, signal);
  const folder = await mkdtemp(join(tmpdir(), 'bench-shape-'));
  try {
    note('Writing random weights …');
    await writeRandomWeights(shapes[size], weights, folder);
    const result = await withImported(
      folder,
      async (imported) => {
        const { folder: prepared, description } = await preparedModel(imported.folder, {}, signal);
        const whisper = await openWhisper(prepared, threadsOf(options));
        try {
          const readings = await readAll(whisper, { drafts, options }, signal);
          const { floatMatrices } = description;
          const { language, beams } = options;
          return { size, language, beams, seed: SEED, imported: imported.cost, floatMatrices, readings };
        } finally {
          await whisper.model.close();
        }
      },
      signal,
    );
    showShape(result);
    await keep('whisper-shape', result, options.json);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Draft {
  readonly clip: EvaluationClip;
  readonly samples: Float32Array;
  readonly tokens: readonly number[];
}

const threadsOf = ({ threads = availableParallelism() }: ShapeOptions): { threads: number } => ({ threads });

function draftsOf(clips: readonly EvaluationClip[], options: ShapeOptions, signal: AbortSignal): Promise<Draft[]> {
  return withImported(
    options.weights,
    async ({ open }) => {
      const runner: Runner = await open(threadsOf(options));
      try {
        const drafts: Draft[] = [];
        for (const clip of clips) {
          const samples = await samplesOf(clip.path, signal);
          const hint = { language: options.language };
          const { tokens = [] } = await runner.run({ samples, startSample: 0 }, hint, signal);
          drafts.push({ clip, samples, tokens });
        }
        return drafts;
      } finally {
        await runner.close();
      }
    },
    signal,
  );
}

async function readAll(
  whisper: Whisper,
  { drafts, options }: { drafts: readonly Draft[]; options: ShapeOptions },
  signal: AbortSignal,
): Promise<ShapeReading[]> {
  const readings: ShapeReading[] = [];
  for (const [index, draft] of [drafts[0]!, ...drafts].entries()) {
    const reading = await readAlong(whisper, { draft, options }, signal);
    if (index > 0) readings.push(reading);
  }
  return readings;
}

/** As the runner reads: encoded, asked for its language, and then along the draft, or with several texts followed. */
async function readAlong(
  whisper: Whisper,
  { draft: { clip, samples, tokens }, options }: { draft: Draft; options: ShapeOptions },
  signal: AbortSignal,
): Promise<ShapeReading> {
  const { language, beams } = options;
  const { description, model } = whisper;
  const prompt = taskTokens(language, description);
  const [startedAtMs, used] = [performance.now(), process.cpuUsage()];
  const hearing = await hear(whisper, samples, description.context);
  const encoderMs = performance.now() - startedAtMs;
  const { steps } = await ask(whisper, hearing, { language });
  const asked = { prompt, ...suppression(description), scores: true, looks: true, promptApart: true };
  await decode(steps, { ...asked, forced: tokens, maxTokens: tokens.length + 1 }, signal);
  const alongMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(used);
  const searchStartedAtMs = performance.now();
  await follow(await model.decoder.begin(hearing.encoded), [description.tokens.start, ...prompt], { tokens, beams });
  const beamsMs = encoderMs + (performance.now() - searchStartedAtMs);
  const about = { id: clip.id, durationS: clip.durationS, tokens: tokens.length };
  return { ...about, encoderMs, alongMs, alongProcessorMs: (user + system) / 1000, beamsMs };
}

/** So many texts at once, a pass for each token, as a search does. */
async function follow(
  steps: Steps,
  prompt: readonly number[],
  { tokens, beams }: { tokens: readonly number[]; beams: number },
): Promise<void> {
  await steps.read(prompt);
  for (const [place, token] of tokens.entries()) {
    const texts = Array.from({ length: beams }, (_, text) => text);
    // Searches rarely keep their order: the caches of two texts change places.
    const from = place === 0 ? texts.map(() => 0) : texts.toReversed();
    await steps.branch(
      from,
      texts.map(() => token),
    );
  }
}
