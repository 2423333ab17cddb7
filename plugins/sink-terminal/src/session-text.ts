// What a session's text is after each edit, which of it is final, and which words were just mended.

import { applyChanges } from '@voiceinput/plugin-api';
import type { Change, Edit, Stage, TextChange } from '@voiceinput/plugin-api';
import { cellsOf } from './cells.ts';
import type { Cell } from './cells.ts';
import type { Look, LookingCell } from './layout.ts';

type Range = readonly [start: number, end: number];

interface Segment {
  readonly segmentId: string;
  readonly startSample: number;
  stage: Stage;
  /** With its separator. */
  text: string;
  cells: readonly Cell[];
  /** Where words were just mended, in units of `text`. */
  mended: readonly Range[];
}

export class SessionText {
  /** In order of speaking. */
  readonly #segments: Segment[] = [];
  readonly #finalStages: readonly Stage[];
  #revision = 0;
  #settledUnits = 0;

  constructor(hybrid: boolean) {
    this.#finalStages = hybrid ? ['refined', 'polished'] : ['draft', 'refined', 'polished'];
  }

  /** Why the edit cannot be shown; absent when it can. */
  refusal(edit: Edit): string | undefined {
    if (edit.baseRevision !== this.#revision) return 'stale';
    if (edit.changes.some(({ start }) => start < this.#settledUnits)) return 'scrolled-away';
    return undefined;
  }

  /** Applies the edit; says whether it mended words that stood before. */
  apply(edit: Edit): boolean {
    const segment = this.#segmentOf(edit);
    const stoodBefore = segment.text.trim() !== '';
    let base = 0;
    let inserted: readonly Range[] = [];
    for (const one of this.#segments) {
      const own = changesWithin(one.segmentId, edit.changes, base);
      base += one.text.length;
      setText(one, applyChanges(one.text, own));
      if (one === segment) inserted = insertedRanges(own);
    }
    segment.stage = edit.segment.stage;
    segment.mended = (edit.cause === 'refined' || edit.cause === 'polished') && stoodBefore ? inserted : [];
    this.#revision = edit.revision;
    return segment.mended.length > 0;
  }

  /** The mended words of the segment are words like others from now. */
  fade(segmentId: string): void {
    const segment = this.#segments.find((candidate) => candidate.segmentId === segmentId);
    if (segment) segment.mended = [];
  }

  /** What has not been settled yet. */
  *unsettled(): Generator<LookingCell> {
    let units = 0;
    for (const { text, cells, stage, mended } of this.#segments) {
      const end = units + text.length;
      if (end > this.#settledUnits) {
        let at = 0;
        for (const cell of cells) {
          if (units + at >= this.#settledUnits) yield { cell, look: lookAt(at, stage, mended) };
          at += cell.units;
        }
      }
      units = end;
    }
  }

  /** How many units of what is unsettled are final: nothing before them is still to come, and no mark is on them. */
  get finalUnits(): number {
    let units = 0;
    for (const { text, stage, mended } of this.#segments) {
      if (!this.#finalStages.includes(stage) || mended.length > 0) break;
      units += text.length;
    }
    return Math.max(0, units - this.#settledUnits);
  }

  /** Text that is settled cannot be edited any more. */
  settle(units: number): void {
    this.#settledUnits += units;
  }

  #segmentOf({ segment: { segmentId, startSample, stage } }: Edit): Segment {
    const known = this.#segments.find((segment) => segment.segmentId === segmentId);
    if (known) return known;
    const segment: Segment = { segmentId, startSample, stage, text: '', cells: [], mended: [] };
    const behind = this.#segments.findIndex((other) => other.startSample > startSample);
    this.#segments.splice(behind < 0 ? this.#segments.length : behind, 0, segment);
    return segment;
  }
}

/** The changes of one segment, in offsets of its own text, which begins at `base`. */
function changesWithin(segmentId: string, changes: readonly Change[], base: number): TextChange[] {
  return changes.flatMap(({ segmentId: owner, start, remove, insert }) =>
    owner === segmentId ? [{ start: start - base, remove, insert }] : [],
  );
}

/** Where inserted text stands after the changes. */
function insertedRanges(changes: readonly TextChange[]): Range[] {
  let shift = 0;
  return changes.flatMap(({ start, remove, insert }): Range[] => {
    const at = start + shift;
    shift += insert.length - remove;
    return insert === '' ? [] : [[at, at + insert.length]];
  });
}

function setText(segment: Segment, text: string): void {
  if (text === segment.text) return;
  segment.text = text;
  segment.cells = cellsOf(text);
}

function lookAt(at: number, stage: Stage, mended: readonly Range[]): Look {
  if (stage === 'partial') return 'partial';
  return mended.some(([start, end]) => at >= start && at < end) ? 'mended' : 'plain';
}
