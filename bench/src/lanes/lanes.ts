// What `bench lanes` measures: the fast lane beside a running refine, and the wait after dictations of any length.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '@voiceinput/engine';
import { chooseClips } from '../evaluation/choose.ts';
import { readEnglishSpeech } from '../evaluation/clips.ts';
import { openEar } from '../evaluation/ear.ts';
import { evaluationFolder } from '../evaluation/folder.ts';
import { samplesOf } from '../evaluation/samples.ts';
import { startContender } from '../latency/contenders/contender.ts';
import { ratioOf } from '../latency/summary.ts';
import type { Took } from '../latency/tasks.ts';
import { Misuse } from '../show/misuse.ts';
import { keep } from '../show/result.ts';
import { note } from '../show/table.ts';
import type { Measured } from '../voiceinput/profile.ts';
import { profileInForce } from '../voiceinput/profile.ts';
import { measureBeside, ways } from './beside.ts';
import type { Beside, Clip } from './beside.ts';
import { lengthsS, measureLengths, rowsOf } from './lengths.ts';
import { showLanes } from './show.ts';

const SEED = 3;

export interface LanesOptions extends Measured {
  readonly clips: number;
  readonly rounds: number;
  readonly endings: number;
  /** `true` stands for one. */
  readonly long?: number | true;
  readonly json?: string;
}

export async function measureLanes(options: LanesOptions): Promise<void> {
  const clips = await clipsOf(options.clips);
  const profile = await profileInForce(options);
  const { timings: besideTimings, refineBusy } = await compareLanes(clips, profile, options.rounds);
  const lengthTimings = await compareLengths(clips, profile, options);
  const timings = [...besideTimings, ...lengthTimings];
  const [shortest, ...longer] = lengthsS.map(rowsOf);
  const pairs = [
    { ours: ways.beside, peer: ways.alone },
    ...longer.flatMap(({ draft, refined }) => [
      { ours: draft, peer: shortest!.draft },
      { ours: refined, peer: shortest!.refined },
    ]),
  ];
  const result = {
    clips: clips.map(({ id }) => id),
    rounds: options.rounds,
    refineBusy,
    ratios: pairs.flatMap((pair) => ratioOf(timings, pair) ?? []),
    timings,
  };
  showLanes(result);
  await keep('lanes', result, options.json);
}

async function clipsOf(count: number): Promise<Clip[]> {
  const all = await readEnglishSpeech(evaluationFolder());
  const chosen = chooseClips(all, { count, seed: SEED, shortestS: 3, longestS: 15 });
  if (chosen.length === 0) throw new Misuse('There is no clip of 3 to 15 s.');
  const { signal } = new AbortController();
  return Promise.all(chosen.map(async ({ id, path }) => ({ id, samples: await samplesOf(path, signal) })));
}

async function compareLanes(clips: readonly Clip[], profile: Profile, rounds: number): Promise<Beside> {
  note('Starting the lanes …');
  const script = new URL('../latency/contenders/hosted-lane.js', import.meta.url);
  const fast = await startContender(script, { profile, lane: 'fast' });
  const refine = await startContender(script, { profile, lane: 'refine' });
  try {
    return await measureBeside(clips, { fast, refine }, rounds);
  } finally {
    await Promise.all([fast.close(), refine.close()]);
  }
}

async function compareLengths(
  clips: readonly Clip[],
  profile: Profile,
  { rounds, endings, long = 0 }: LanesOptions,
): Promise<Took[]> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-bench-'));
  const ear = await openEar(profile, new AbortController().signal);
  const engine = await startContender(new URL('../latency/contenders/engine.js', import.meta.url), { profile });
  try {
    const { leaveProbability } = profile.segments;
    return await measureLengths(
      clips,
      { engine, ear, leaveProbability, folder },
      { rounds, endings, long: Number(long) },
    );
  } finally {
    await engine.close();
    await ear.close();
    await rm(folder, { recursive: true });
  }
}
