// How the fast lane is compared with itself: alone, and while the refine lane works without a pause.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from '../latency/contenders/contender.ts';
import type { Took } from '../latency/tasks.ts';
import { note } from '../show/table.ts';
import { randomFrom, shuffled } from '../statistics/random.ts';

const SEED = 5;
/** In a row, so that the refine lane is met in all its steps. */
const READINGS = 3;
/** After so long a lane that was given a clip works on it. */
const UNDER_WAY_MS = 100;

export const ways = { alone: 'alone', beside: 'beside a running refine' } as const;

export interface Clip {
  readonly id: string;
  readonly samples: Float32Array;
}

export interface Lanes {
  readonly fast: Contender;
  readonly refine: Contender;
}

export interface Beside {
  readonly timings: readonly Took[];
  /** Share of the time beside it in which the refine lane worked. */
  readonly refineBusy: number;
}

export async function measureBeside(clips: readonly Clip[], { fast, refine }: Lanes, rounds: number): Promise<Beside> {
  const random = randomFrom(SEED);
  const timings: Took[] = [];
  const work: Work[] = [];
  for (const { samples } of clips) await fast.read({ samples });
  for (let round = 1; round <= rounds; round += 1) {
    note(`Round ${round} of ${rounds}: ${clips.length} clips, alone and beside a refine`);
    for (const { id, samples } of shuffled(clips, random)) {
      for (const way of shuffled(Object.values(ways), random)) {
        const stop = way === ways.beside ? await keepBusy(refine, shuffled(clips, random)) : undefined;
        for (let reading = 0; reading < READINGS; reading += 1) {
          const { ms } = await fast.read({ samples });
          timings.push({ row: way, clip: id, ms: ms['run'] ?? Number.NaN });
        }
        if (stop) work.push(await stop());
      }
    }
  }
  return { timings, refineBusy: sum(work, 'workedMs') / sum(work, 'wallMs') };
}

interface Work {
  readonly workedMs: number;
  readonly wallMs: number;
}

/** Gives the lane clip after clip. The function that it gives stops this and waits for the clip that is being read. */
async function keepBusy(lane: Contender, clips: readonly Clip[]): Promise<() => Promise<Work>> {
  const startedAtMs = performance.now();
  const stopping = new AbortController();
  const working = (async () => {
    let workedMs = 0;
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      const { ms } = await lane.read({ samples: clips[turn % clips.length]!.samples });
      workedMs += ms['run'] ?? 0;
    }
    return workedMs;
  })();
  await Promise.race([sleep(UNDER_WAY_MS), working]);
  return async () => {
    stopping.abort();
    return { workedMs: await working, wallMs: performance.now() - startedAtMs };
  };
}

const sum = (work: readonly Work[], key: keyof Work): number => work.reduce((total, piece) => total + piece[key], 0);
