// What `bench latency` measures: how long the user waits, beside peers on the same graph files, clip by clip in turn.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '@voiceinput/engine';
import { openModelStore } from '@voiceinput/models';
import { chooseClips, lengthClassOf } from '../evaluation/choose.ts';
import type { EvaluationClip } from '../evaluation/clips.ts';
import { readSpeech } from '../evaluation/clips.ts';
import { openEar } from '../evaluation/ear.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { note } from '../show/table.ts';
import { randomFrom, shuffled } from '../statistics/random.ts';
import type { Measured } from '../voiceinput/profile.ts';
import { pluginsOf, profileInForce } from '../voiceinput/profile.ts';
import { startContender, type Contender } from './contenders/contender.ts';
import { installPeers } from './install-peers.ts';
import { present } from './present.ts';
import type { Entry } from './present.ts';
import { showLatency } from './show.ts';
import { ratioOf, summarise } from './summary.ts';
import { comparisons, tasks, tookOf } from './tasks.ts';
import type { Contenders, Task, Took } from './tasks.ts';

const SEED = 3;

export interface LatencyOptions extends Measured {
  readonly language: string;
  readonly clips: number;
  readonly rounds: number;
  readonly shortest: number;
  readonly longest: number;
  readonly realtime: boolean;
  readonly json?: string;
}

/** Texts by clip and task. */
type Texts = Record<string, Record<string, string>>;

export async function measureLatency(options: LatencyOptions): Promise<void> {
  const { clips: count, shortest: shortestS, longest: longestS } = options;
  const all = await readSpeech(evaluationFolder(), options.language);
  const chosen = chooseClips(all, { count, seed: SEED, shortestS, longestS });
  if (chosen.length === 0)
    throw new Misuse(`There is no clip of ${shortestS} to ${longestS} s in ${options.language}.`);
  const profile = await profileInForce(options);
  const contenders = await startAll(profile);
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-bench-'));
  try {
    const entries = await prepare(chosen, { profile, contenders, folder });
    const measured = await race(entries, contenders, options);
    const classOf = (id: string): string => lengthClassOf(chosen.find((clip) => clip.id === id)?.durationS ?? 0);
    const result = {
      clips: entries.map(({ clip: { id, durationS, group }, ending }) => ({ id, durationS, group, ...ending })),
      rounds: options.rounds,
      rows: summarise(measured.timings, classOf),
      ratios: comparisons.flatMap((pair) => ratioOf(measured.timings, pair) ?? []),
      ...measured,
    };
    showLatency(result);
    await keep('latency', result, options.json);
  } finally {
    await rm(folder, { recursive: true });
    await Promise.all(Object.values(contenders).map((contender) => contender.close()));
  }
}

async function startAll(profile: Profile): Promise<Contenders> {
  note('Starting the contenders …');
  const ours = (script: string): URL => new URL(`contenders/${script}`, import.meta.url);
  return {
    engine: await startContender(ours('engine.js'), { profile }),
    lane: await startContender(ours('lane.js'), { profile }),
    ...(await startPeers(profile)),
  };
}

/** Peers run the graph files of the fast lane, which they know of one runner alone; beside others there are none. */
async function startPeers(profile: Profile): Promise<Partial<Contenders>> {
  const { use, options } = profile.fast;
  if (use !== 'runner-moonshine' || typeof options.model !== 'string') return {};
  await installPeers();
  const { signal } = new AbortController();
  const models = openModelStore({ plugins: await pluginsOf(profile, signal) });
  const { files: graphs } = await models.locate(options.model, signal);
  const peer = (script: string): URL => new URL(`../../peers/${script}`, import.meta.url);
  return {
    publishedLoop: await startContender(peer('published-loop.mjs'), { profile, graphs }),
    transformers: await startContender(peer('transformers.mjs'), { profile, graphs }),
  };
}

interface Opened {
  readonly profile: Profile;
  readonly contenders: Contenders;
  readonly folder: string;
}

async function prepare(
  chosen: readonly EvaluationClip[],
  { profile, contenders, folder }: Opened,
): Promise<readonly Entry[]> {
  note('Preparing the clips …');
  const ear = await openEar(profile, new AbortController().signal);
  try {
    const { leaveProbability } = profile.segments;
    return await present(chosen, { engine: contenders.engine, ear, leaveProbability, folder });
  } finally {
    await ear.close();
  }
}

async function race(
  entries: readonly Entry[],
  contenders: Contenders,
  { rounds, realtime }: LatencyOptions,
): Promise<{ timings: readonly Took[]; texts: Texts }> {
  const random = randomFrom(SEED);
  const timings: Took[] = [];
  const texts: Texts = {};
  note('Warming up …');
  for (const task of tasks({ realtime: false })) await warmUp(task, entries, contenders[task.contender]);

  for (let round = 1; round <= rounds; round += 1) {
    note(`Round ${round} of ${rounds}: ${entries.length} clips`);
    for (const { clip, presented } of shuffled(entries, random)) {
      for (const task of shuffled(tasks({ realtime }), random)) {
        const reading = await contenders[task.contender]?.read(task.order(presented));
        if (!reading) continue;
        timings.push(...tookOf(task, clip.id, reading));
        (texts[clip.id] ??= {})[task.name] = reading.text;
      }
    }
  }
  return { timings, texts };
}

/** The shortest, a middle and the longest clip, so that memory for all is there. */
async function warmUp(task: Task, entries: readonly Entry[], contender: Contender | undefined): Promise<void> {
  const some = [entries[0], entries[Math.floor(entries.length / 2)], entries.at(-1)];
  for (const entry of some) if (entry) await contender?.read(task.order(entry.presented));
}
