// How `bench whisper-words` is shown.

import { machineLine } from '../show/machine.ts';
import { ms, percent, say, table } from '../show/table.ts';
import { difference, type Interval } from '../statistics/bootstrap.ts';
import { percentile } from '../statistics/percentile.ts';

const SEED = 12_345;

/** `draft` is in 8 bits and greedy, `float` the same without rounding, `refined` in 8 bits with several texts followed. */
export type Way = 'draft' | 'float' | 'refined';

export interface WayReading {
  readonly text: string;
  readonly wrong: number;
  readonly ms: number;
}

export interface ClipWords {
  readonly id: string;
  /** What was said. */
  readonly text: string;
  readonly words: number;
  readonly ways: Readonly<Partial<Record<Way, WayReading>>>;
  /** The language that was chosen, where there was a choice. */
  readonly chosen?: string;
}

export interface WordsResult {
  readonly language: string;
  readonly beams: number;
  readonly clips: readonly ClipWords[];
}

const names: Readonly<Record<Way, string>> = {
  draft: '8 bits, greedy',
  float: 'float, greedy',
  refined: '8 bits, several texts',
};

/** Prints a line for each way, with the difference to the draft in points, and how often the language was right. */
export function showWords({ language, clips }: WordsResult): void {
  say(machineLine());
  const words = clips.reduce((sum, clip) => sum + clip.words, 0);
  say(`\n${clips.length} clips (${language}), ${words} words; differences to the draft in points, seed ${SEED}\n`);
  const ways = (Object.keys(names) as Way[]).filter((way) => clips[0]?.ways[way]);
  const rows = ways.map((way) => {
    const wrong = clips.reduce((sum, clip) => sum + clip.ways[way]!.wrong, 0);
    const same = clips.filter((clip) => clip.ways[way]!.text === clip.ways.draft!.text).length;
    const each = clips.map((clip) => clip.ways[way]!.ms);
    const times = [ms(percentile(each, 0.5)), ms(percentile(each, 0.95))];
    return [names[way], percent(wrong / words), ...pointsBeside(clips, way), String(same), ...times];
  });
  say(table(['', 'wrong words', 'points', '95 %', 'equal texts', 'p50 ms', 'p95 ms'], rows));
  const chosen = clips.filter((clip) => clip.chosen !== undefined);
  if (chosen.length === 0) return;
  const right = chosen.filter((clip) => clip.chosen === language).length;
  say(`\nLanguage right: ${right} of ${chosen.length}`);
}

function pointsBeside(clips: readonly ClipWords[], way: Way): string[] {
  if (way === 'draft') return ['', ''];
  const { value, low, high } = differenceOf(clips, way);
  return [points(value), `${points(low)} … ${points(high)}`];
}

/** Wrong words in this way less those of the draft, as a share of all words. */
export function differenceOf(clips: readonly ClipWords[], way: Way): Interval {
  const pairs = clips.map(({ words, ways }) => ({ words, before: ways.draft!.wrong, after: ways[way]!.wrong }));
  return difference(pairs, SEED);
}

const points = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
