// What became of the clips of a source: how many there are in each part, and why others are in none.

import { DATASET_PARTS } from '@voiceinput/dataset';
import type { DatasetFolder, DatasetPart, ListedWhy } from '@voiceinput/dataset';
import { inLocale } from '../messages/in-locale.ts';
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
    return { folder, parts, added: this.added, there: this.there, leftOut, doubts: doubtsAbout(parts, inEnglish) };
  }
}

const MINUTE_MS = 60_000;
/** In trials nine minutes of many speakers made a model worse. */
const LITTLE_MS = 30 * MINUTE_MS;

type Say = typeof inLocale;
const inEnglish: Say = (words, ...values) => String.raw({ raw: words }, ...values);

/** Programs read them in English. */
function doubtsAbout({ train, validation, test }: DatasetSummary['parts'], inLocale: Say): string[] {
  const doubts: string[] = [];
  if (test.clips === 0 || validation.clips === 0)
    doubts.push(
      inLocale`Nothing is kept apart to judge by: that takes three speakers, chapters or folders at least. If each file is a recording of its own, say --group-by file.`,
    );
  if (train.durationMs < LITTLE_MS)
    doubts.push(
      inLocale`${minutes(train.durationMs, inLocale)} to learn from are very little: less than half an hour often makes a model worse, unless it is one voice and its own words.`,
    );
  return doubts;
}

/** Why so many clips are in no part. */
function leftOutText(why: LeftOutWhy, count: number): string {
  const texts: Readonly<Record<LeftOutWhy, string>> = {
    'no-text': inLocale`without a text: ${count}`,
    'no-audio': inLocale`without audio: ${count}`,
    twice: inLocale`named twice: ${count}`,
    broken: inLocale`broken: ${count}`,
    'too-short': inLocale`too short: ${count}`,
    'too-long': inLocale`longer than 30 s: ${count}`,
    'held-out': inLocale`with a text that is kept apart to judge by: ${count}`,
    unlike: inLocale`not heard as written: ${count}`,
  };
  return texts[why];
}

/** For people. */
export function summaryText({ folder, parts, added, there, leftOut }: DatasetSummary): string {
  const rows = DATASET_PARTS.map((part) => {
    const { clips, durationMs, groups } = parts[part];
    return [part, String(clips), minutes(durationMs, inLocale), String(groups)];
  });
  const left = Object.entries(leftOut).map(([why, count]) => leftOutText(why as LeftOutWhy, count));
  return [
    table([[inLocale`PART`, inLocale`CLIPS`, inLocale`LENGTH`, inLocale`SPEAKERS OR CHAPTERS`], ...rows]),
    '',
    there > 0
      ? inLocale`${added} written to ${folder}, ${there} were there.`
      : inLocale`${added} written to ${folder}.`,
    ...(left.length > 0 ? [inLocale`Left out: ${left.join(', ')}.`] : []),
    ...doubtsAbout(parts, inLocale),
  ].join('\n');
}

function minutes(ms: number, inLocale: Say): string {
  const whole = Math.floor(ms / MINUTE_MS);
  if (whole === 0) return inLocale`${Math.round(ms / 1000)} s`;
  return whole < 60 ? inLocale`${whole} min` : inLocale`${Math.floor(whole / 60)} h ${whole % 60} min`;
}
