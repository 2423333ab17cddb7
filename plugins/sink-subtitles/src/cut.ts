// Which words stand together in a cue.

import { cutCost, cutCosts } from './clauses.ts';
import { layOut } from './lines.ts';
import { GAP_MS, LONGEST_MS, SHORTEST_MS } from './readable.ts';
import type { SpokenWord } from './spoken.ts';

export interface Group {
  /** When its first word begins and its last one ends. */
  readonly startMs: number;
  readonly endMs: number;
  /** One or two lines. */
  readonly text: string;
}

/** Of every cue, so that few full ones are better than many short ones. */
const CUE_COST = 6;
/** Of a cue over the end of a segment: worth it only where one of the two could not be read in its time. */
const JOIN_COST = 10;
/** A speaker who pauses so long has ended a thought, whatever the punctuation says. */
const PAUSE_MS = 400;
const LONG_PAUSE_MS = 1_000;
const COST_A_SECOND = { tooShort: 40, pause: 20 };

interface Ending {
  /** What the best cues up to here cost together. */
  readonly cost: number;
  /** Where the last of them begins, and its text. */
  readonly from: number;
  readonly text: string;
}

/** All of `words`, in order, in the cues that read best together. */
export function groupsOf(words: readonly SpokenWord[]): Group[] {
  // The best ending before each word follows from those of the words before it.
  const endings: Ending[] = [{ cost: 0, from: 0, text: '' }];
  for (let end = 1; end <= words.length; end++) endings.push(bestEnding(words, end, endings));
  const groups: Group[] = [];
  for (let end = words.length; end > 0; end = endings[end]!.from) {
    const { from, text } = endings[end]!;
    groups.unshift({ startMs: words[from]!.startMs, endMs: words[end - 1]!.endMs, text });
  }
  return groups;
}

function bestEnding(words: readonly SpokenWord[], end: number, endings: readonly Ending[]): Ending {
  let best: Ending | undefined;
  let joins = 0;
  for (let from = end - 1; from >= 0; from--) {
    const layout = layOut(words.slice(from, end).map(({ text }) => text));
    if (!layout || isTooLong(words, from, end)) break;
    if (from < end - 1) joins += joinCost(words[from]!, words[from + 1]!);
    const cost =
      endings[from]!.cost + CUE_COST + layout.cost + joins + timeCost(words, from, end) + endCost(words, end);
    if (!best || cost < best.cost) best = { cost, from, text: layout.text };
  }
  return best!;
}

function endCost(words: readonly SpokenWord[], end: number): number {
  const [before, after] = [words[end - 1]!, words[end]];
  if (!after || before.endsSegment) return 0;
  const cost = cutCost(before.text, after.text);
  return after.startMs - before.endMs >= PAUSE_MS ? Math.min(cost, cutCosts.clause) : cost;
}

/** Over a long pause, what follows would stand on the screen before it is said. */
function joinCost(before: SpokenWord, after: SpokenWord): number {
  const pauseMs = Math.max(0, after.startMs - before.endMs - LONG_PAUSE_MS);
  return (before.endsSegment ? JOIN_COST : 0) + (pauseMs / 1_000) * COST_A_SECOND.pause;
}

/** By how much a cue of these words would be too short, even where it uses the silence behind it. */
function timeCost(words: readonly SpokenWord[], from: number, end: number): number {
  const availableMs = (words[end]?.startMs ?? Infinity) - GAP_MS - words[from]!.startMs;
  return (Math.max(0, SHORTEST_MS - availableMs) / 1_000) * COST_A_SECOND.tooShort;
}

/** A single word may be drawn out; more can be cut. */
function isTooLong(words: readonly SpokenWord[], from: number, end: number): boolean {
  return end - from > 1 && words[end - 1]!.endMs - words[from]!.startMs > LONGEST_MS;
}
