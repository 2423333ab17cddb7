// What became of the clips of a source: how many there are in each part, and why others are in none.

import { DATASET_PARTS } from '@voiceinput/dataset';
import type { DatasetFolder, DatasetPart, ListedWhy } from '@voiceinput/dataset';
import { table } from '../show/table.ts';

/** `broken`: cannot be decoded; `held-out`: the same text stands in a part to judge by; `unlike`: what was heard is not what is written. */
export type LeftOutWhy = ListedWhy | 'broken' | 'too-short' | 'too-long' | 'held-out' | 'unlike';

export interface PartSize {
  readonly clips: number;
  readonly durationMs: number;
  /** Speakers or chapters. */
  readonly groups: number;
}

export interface DatasetSummary {
  readonly folder: string;
  readonly parts: Readonly<Record<DatasetPart, PartSize>>;
  /** Clips that this run wrote. */
  readonly added: number;
  /** Clips of the source that were there before. */
  readonly there: number;
  readonly leftOut: Readonly<Partial<Record<LeftOutWhy, number>>>;
  /** What to know before training on it. */
  readonly doubts: readonly string[];
}

/** Counts. */
export class Tally {
  added = 0;
  there = 0;
  readonly #leftOut = new Map<LeftOutWhy, number>();

  leaveOut(why: LeftOutWhy, count = 1): void {
    if (count > 0) this.#leftOut.set(why, (this.#leftOut.get(why) ?? 0) + count);
  }

  /** All that is known of it now. */
  summary(folder: string, { lines }: DatasetFolder): DatasetSummary {
    const sizes = DATASET_PARTS.map((part) => {
      const durationMs = lines[part].reduce((sum, { duration_ms }) => sum + duration_ms, 0);
      const groups = new Set(lines[part].map(({ group }) => group)).size;
      return [part, { clips: lines[part].length, durationMs, groups }] as const;
    });
    const parts = Object.fromEntries(sizes) as Record<DatasetPart, PartSize>;
    const leftOut = Object.fromEntries(this.#leftOut);
    return { folder, parts, added: this.added, there: this.there, leftOut, doubts: doubtsAbout(parts) };
  }
}

const MINUTE_MS = 60_000;
/** In trials nine minutes of many speakers made a model worse. */
const LITTLE_MS = 30 * MINUTE_MS;

function doubtsAbout({ train, validation, test }: DatasetSummary['parts']): string[] {
  const doubts: string[] = [];
  if (test.clips === 0 || validation.clips === 0)
    doubts.push(
      'Nothing is kept apart to judge by: that takes three speakers, chapters or folders at least. If each file is a recording of its own, say --group-by file.',
    );
  if (train.durationMs < LITTLE_MS)
    doubts.push(
      `${minutes(train.durationMs)} to learn from are very little: less than half an hour often makes a model worse, unless it is one voice and its own words.`,
    );
  return doubts;
}

const WHYS: Readonly<Record<LeftOutWhy, string>> = {
  'no-text': 'without a text',
  'no-audio': 'without audio',
  twice: 'named twice',
  broken: 'broken',
  'too-short': 'too short',
  'too-long': 'longer than 30 s',
  'held-out': 'with a text that is kept apart to judge by',
  unlike: 'not heard as written',
};

/** For people. */
export function summaryText({ folder, parts, added, there, leftOut, doubts }: DatasetSummary): string {
  const rows = DATASET_PARTS.map((part) => {
    const { clips, durationMs, groups } = parts[part];
    return [part, String(clips), minutes(durationMs), String(groups)];
  });
  const left = Object.entries(leftOut).map(([why, count]) => `${count} ${WHYS[why as LeftOutWhy]}`);
  return [
    table([['PART', 'CLIPS', 'LENGTH', 'SPEAKERS OR CHAPTERS'], ...rows]),
    '',
    `${added} written to ${folder}${there > 0 ? `, ${there} were there` : ''}.`,
    ...(left.length > 0 ? [`Left out: ${left.join(', ')}.`] : []),
    ...doubts,
  ].join('\n');
}

function minutes(ms: number): string {
  const whole = Math.floor(ms / MINUTE_MS);
  if (whole === 0) return `${Math.round(ms / 1000)} s`;
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}
