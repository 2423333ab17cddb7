// What many timings come down to: a median for each clip, percentiles over clips, ratios, and the noise.

import { median, percentile } from '../statistics/percentile.ts';
import { rows } from './tasks.ts';
import type { Took } from './tasks.ts';

export interface RowSummary {
  readonly row: string;
  /** By length class, and over all under `all`. */
  readonly classes: Readonly<Record<string, { readonly clips: number; readonly p50: number; readonly p95: number }>>;
  /** Median over clips of (slowest − fastest) ÷ median of the rounds. */
  readonly noise: number;
}

export interface Ratio {
  readonly ours: string;
  readonly peer: string;
  /** Median of ours ÷ median of the peer's, over the clips that both read. */
  readonly ofMedians: number;
  /** Of the clips' own ratios. */
  readonly p50: number;
  readonly p95: number;
}

/** Medians over the rounds, by clip. */
export function mediansByClip(timings: readonly Took[], row: string): Map<string, number> {
  return new Map([...roundsByClip(timings, row)].map(([clip, rounds]) => [clip, median(rounds)]));
}

export function summarise(timings: readonly Took[], classOf: (clip: string) => string): RowSummary[] {
  const names = Object.values(rows).filter((name) => timings.some(({ row }) => row === name));
  return names.map((row) => {
    const medians = [...mediansByClip(timings, row)];
    const kinds = new Map<string, number[]>([['all', medians.map(([, value]) => value)]]);
    for (const [clip, value] of medians) kinds.set(classOf(clip), [...(kinds.get(classOf(clip)) ?? []), value]);
    const spreads = [...roundsByClip(timings, row).values()].map(
      (rounds) => (Math.max(...rounds) - Math.min(...rounds)) / median(rounds),
    );
    const summaries = [...kinds].map(([name, values]) => [
      name,
      { clips: values.length, p50: median(values), p95: percentile(values, 0.95) },
    ]);
    return {
      row,
      classes: Object.fromEntries(summaries) as RowSummary['classes'],
      noise: median(spreads),
    };
  });
}

/** Absent where one of both was not measured. */
export function ratioOf(timings: readonly Took[], { ours, peer }: { ours: string; peer: string }): Ratio | undefined {
  const peers = mediansByClip(timings, peer);
  const both = [...mediansByClip(timings, ours)].flatMap(([clip, mine]) => {
    const theirs = peers.get(clip);
    return theirs === undefined ? [] : [{ mine, theirs }];
  });
  if (both.length === 0) return undefined;
  const ratios = both.map(({ mine, theirs }) => mine / theirs);
  return {
    ours,
    peer,
    ofMedians: median(both.map(({ mine }) => mine)) / median(both.map(({ theirs }) => theirs)),
    p50: median(ratios),
    p95: percentile(ratios, 0.95),
  };
}

function roundsByClip(timings: readonly Took[], wanted: string): Map<string, number[]> {
  const clips = new Map<string, number[]>();
  for (const { row, clip, ms } of timings) if (row === wanted) clips.set(clip, [...(clips.get(clip) ?? []), ms]);
  return clips;
}
