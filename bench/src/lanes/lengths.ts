// How the wait after release is compared over the length of a dictation, all ending in the same words.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ear } from '../evaluation/ear.ts';
import { cutAfterSpeech } from '../evaluation/ending.ts';
import { dictationOf } from '../evaluation/dictation.ts';
import { wavOf } from '@voiceinput/testkit';
import type { Contender } from '../latency/contenders/contender.ts';
import type { Took } from '../latency/tasks.ts';
import { note } from '../show/table.ts';
import { randomFrom, shuffled } from '../statistics/random.ts';
import type { Clip } from './beside.ts';

const SEED = 7;
const SHORT_S = 10;
const MIDDLE_S = 60;
const LONG_S = 600;

export const lengthsS = [SHORT_S, MIDDLE_S, LONG_S] as const;
/** The rows of one length. */
export const rowsOf = (lengthS: number): { draft: string; refined: string } => ({
  draft: `${lengthS} s: release → draft`,
  refined: `${lengthS} s: release → refined`,
});

export interface Speakers {
  readonly engine: Contender;
  readonly ear: Ear;
  readonly leaveProbability: number;
  /** Where dictations may be written; who made it removes it. */
  readonly folder: string;
}

export interface Extent {
  readonly rounds: number;
  /** So many dictations of each length, each ending in another clip. */
  readonly endings: number;
  /** So many of the endings are also heard after ten minutes, once. */
  readonly long: number;
}

/** Every dictation is fed at the speed of speech. `timings` name the ending as the clip. */
export async function measureLengths(clips: readonly Clip[], speakers: Speakers, extent: Extent): Promise<Took[]> {
  const random = randomFrom(SEED);
  const timings: Took[] = [];
  const order = shuffled(clips, random);
  for (let round = 1; round <= extent.rounds; round += 1) {
    for (let ending = 0; ending < extent.endings; ending += 1) {
      const long = round === 1 && ending < extent.long;
      for (const lengthS of shuffled(long ? lengthsS : [SHORT_S, MIDDLE_S], random)) {
        note(`Round ${round} of ${extent.rounds}, ending ${ending + 1} of ${extent.endings}: ${lengthS} s of speech`);
        const path = join(speakers.folder, `dictation-${lengthS}-${ending}.wav`);
        await writeFile(path, wavOf(await dictationThatEndsWith(ending, lengthS, { order, ...speakers })));
        const { ms } = await speakers.engine.read({ path, realtime: true });
        for (const stage of ['draft', 'refined'] as const)
          if (ms[stage] !== undefined) timings.push({ row: rowsOf(lengthS)[stage], clip: `${ending}`, ms: ms[stage] });
      }
    }
  }
  return timings;
}

interface Spoken extends Speakers {
  readonly order: readonly Clip[];
}

/** The last clip is cut where its speech ends: nothing can be done ahead in a pause. */
async function dictationThatEndsWith(
  ending: number,
  lengthS: number,
  { order, ear, leaveProbability }: Spoken,
): Promise<Float32Array> {
  return dictationOf(lengthS, async (before) => {
    const { samples } = order[(ending + before) % order.length]!;
    return before > 0 ? samples : cutAfterSpeech({ samples, marks: await ear.marksOf(samples), leaveProbability });
  });
}
