// When each subtitle of a dictation stands.

import type { SegmentResult } from '@voiceinput/plugin-api';
import { groupsOf, type Group } from './cut.ts';
import { FLICKER_MS, GAP_MS, LONGEST_MS, readingMs } from './readable.ts';
import { spokenWords } from './spoken.ts';

export interface Cue {
  readonly startMs: number;
  /** After `startMs`. */
  readonly endMs: number;
  /** One or two lines. */
  readonly text: string;
}

/** As much as a cue may come before or after what it says, where its neighbours leave it too little time. */
const MOST_SHIFT_MS = 500;

/**
 * Cues in order, without overlaps, cut where clauses end. They begin with their first word and stand long enough to be
 * read where the silence around them allows.
 */
export function toCues(segments: readonly SegmentResult[]): Cue[] {
  const cues = inOrder(groupsOf(spokenWords(segments)));
  for (const index of cues.keys()) stretch(cues, index);
  for (const index of cues.keys()) borrow(cues, index);
  return cues;
}

type Standing = { -readonly [Key in keyof Cue]: Cue[Key] };

/** Whole milliseconds; none begins before the one before it has ended. */
function inOrder(groups: readonly Group[]): Standing[] {
  const cues: Standing[] = [];
  for (const { startMs, endMs, text } of groups) {
    const before = cues.at(-1);
    const start = Math.max(Math.round(startMs), before ? before.startMs + 1 : 0);
    if (before && before.endMs > start - GAP_MS)
      before.endMs = Math.max(before.startMs + 1, Math.min(before.endMs, start - GAP_MS));
    cues.push({ startMs: start, endMs: Math.max(start + 1, Math.round(endMs)), text });
  }
  return cues;
}

/** Uses the silence behind a cue: as long as it takes to read it, and up to the next one where that follows at once. */
function stretch(cues: readonly Standing[], index: number): void {
  const cue = cues[index]!;
  const next = cues[index + 1];
  const limit = next ? next.startMs - GAP_MS : Infinity;
  const readable = Math.max(cue.endMs, cue.startMs + readingMs(cue.text));
  const flickers = limit - readable < FLICKER_MS - GAP_MS && limit - cue.startMs <= LONGEST_MS;
  cue.endMs = Math.max(cue.endMs, Math.round(flickers ? limit : Math.min(readable, limit)));
}

/** Takes what is missing from the cue before, then from the one behind, as far as they have more than they need. */
function borrow(cues: readonly Standing[], index: number): void {
  const cue = cues[index]!;
  const [before, next] = [cues[index - 1], cues[index + 1]];
  const neededMs = (): number => Math.ceil(readingMs(cue.text) - (cue.endMs - cue.startMs));
  if (neededMs() > 0) {
    const free = before ? before.startMs + Math.ceil(readingMs(before.text)) + GAP_MS : 0;
    const shift = Math.min(neededMs(), MOST_SHIFT_MS, cue.startMs - free);
    if (shift > 0) {
      cue.startMs -= shift;
      if (before) before.endMs = Math.min(before.endMs, cue.startMs - GAP_MS);
    }
  }
  if (neededMs() > 0 && next) {
    const spareMs = next.endMs - next.startMs - Math.ceil(readingMs(next.text));
    const shift = Math.min(neededMs(), MOST_SHIFT_MS, spareMs);
    if (shift > 0) {
      next.startMs += shift;
      cue.endMs += shift;
    }
  }
}
