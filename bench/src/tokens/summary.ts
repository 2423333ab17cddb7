// What many decodings come down to: the cost of a token, the rate of equal texts, the saving of preparation.

import { median, percentile } from '../statistics/percentile.ts';
import type { ClipRuns, Run, Way } from './ways.ts';

export const ways: readonly Way[] = [
  'published',
  'prepared, published encoder',
  'prepared',
  'own tokens proposed',
  'a partial proposed',
];

export interface WaySummary {
  readonly way: Way;
  /** Medians over clips; the end mark counts as a token. */
  readonly wallMsPerToken: number;
  readonly processorMsPerToken: number;
  readonly wallMsPerClip: number;
  readonly passesPerToken: number;
  /** With what its tokens are compared: preparation with the published graph, proposals with the prepared one. */
  readonly against: Way;
  readonly equal: number;
  readonly of: number;
}

export interface Saving {
  readonly ofMedians: number;
  /** Of the clips' own ratios. */
  readonly p50: number;
  readonly p95: number;
}

type Cost = 'wallMs' | 'processorMs';

export function summariseWay(runs: readonly ClipRuns[], way: Way): WaySummary {
  const against = way === 'own tokens proposed' || way === 'a partial proposed' ? 'prepared' : 'published';
  const mine = runs.map(({ decoding }) => decoding[way]);
  return {
    way,
    wallMsPerToken: median(mine.map((run) => perToken(run, 'wallMs'))),
    processorMsPerToken: median(mine.map((run) => perToken(run, 'processorMs'))),
    wallMsPerClip: median(mine.map(({ wallMs }) => wallMs)),
    passesPerToken: sum(mine.map(({ passes }) => passes)) / sum(mine.map(marksAndTokens)),
    against,
    equal: runs.filter(({ decoding }) => isSame(decoding[way].tokens, decoding[against].tokens)).length,
    of: runs.length,
  };
}

/** The prepared decoder's cost of a token ÷ the published one's, after the same encoder. */
export function savingOf(runs: readonly ClipRuns[], cost: Cost): Saving {
  const pairs = runs.map(({ decoding }) => ({
    prepared: perToken(decoding['prepared, published encoder'], cost),
    published: perToken(decoding.published, cost),
  }));
  const ratios = pairs.map(({ prepared, published }) => prepared / published);
  return {
    ofMedians: median(pairs.map(({ prepared }) => prepared)) / median(pairs.map(({ published }) => published)),
    p50: median(ratios),
    p95: percentile(ratios, 0.95),
  };
}

const marksAndTokens = ({ tokens }: Run): number => tokens.length + 1;
const perToken = (run: Run, cost: Cost): number => run[cost] / marksAndTokens(run);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const isSame = (one: readonly number[], other: readonly number[]): boolean => one.join() === other.join();
