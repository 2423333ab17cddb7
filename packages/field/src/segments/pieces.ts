// What an edit of a dictation's text means for each of its segments.

import { applyChanges } from '@voiceinput/plugin-api';
import type { Edit, TextChange } from '@voiceinput/plugin-api';

/** A segment as the engine counts it in the dictation's text. */
export interface Piece {
  readonly segmentId: string;
  readonly startSample: number;
  /** The separator that it owns and its text. */
  readonly said: string;
}

/** A segment before and after an edit, as shown in a field; `changes` make the one of the other. */
export interface Rewrite {
  readonly segmentId: string;
  readonly before: string;
  readonly after: string;
  readonly changes: readonly TextChange[];
}

export interface Rewriting {
  readonly pieces: readonly Piece[];
  /** One for each piece, in order of speaking. */
  readonly rewrites: readonly Rewrite[];
}

/**
 * What `edit` makes of `pieces`; `shown` says how a text looks in the field (it may lose what acts there). Absent when
 * the edit does not fit the pieces.
 */
export function rewriting(
  pieces: readonly Piece[],
  edit: Edit,
  shown: (text: string) => string,
): Rewriting | undefined {
  const before = withPlaceFor(edit, pieces);
  const after: Piece[] = [];
  const rewrites: Rewrite[] = [];
  let base = 0;
  for (const piece of before) {
    const own = edit.changes
      .filter(({ segmentId }) => segmentId === piece.segmentId)
      .map(({ start, remove, insert }): TextChange => ({ start: start - base, remove, insert }));
    if (own.some(({ start, remove }) => start < 0 || start + remove > piece.said.length)) return undefined;
    const next = { ...piece, said: applyChanges(piece.said, own) };
    after.push(next);
    rewrites.push(rewriteOf(piece, next, { changes: own, shown }));
    base += piece.said.length;
  }
  const edited = after.find(({ segmentId }) => segmentId === edit.segmentId);
  const isKnown = edit.changes.every(({ segmentId }) => before.some((piece) => piece.segmentId === segmentId));
  return isKnown && edited?.said.endsWith(edit.segment.text) ? { pieces: after, rewrites } : undefined;
}

function withPlaceFor({ segment }: Edit, pieces: readonly Piece[]): readonly Piece[] {
  const { segmentId, startSample } = segment;
  if (pieces.some((piece) => piece.segmentId === segmentId)) return pieces;
  return [...pieces, { segmentId, startSample, said: '' }].toSorted((a, b) => a.startSample - b.startSample);
}

function rewriteOf(
  { segmentId, said }: Piece,
  next: Piece,
  { changes, shown }: { changes: readonly TextChange[]; shown: (text: string) => string },
): Rewrite {
  const [before, after] = [shown(said), shown(next.said)];
  const isExact = before === said && applyChanges(before, changes) === after;
  return { segmentId, before, after, changes: isExact ? changes : middleChange(before, after) };
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** One change from the first grapheme that differs to the last. */
export function middleChange(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const [old, now] = [before, after].map((text) => Array.from(segmenter.segment(text), ({ segment }) => segment)) as [
    string[],
    string[],
  ];
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const start = old.slice(0, head).join('').length;
  const remove = old.slice(head, old.length - tail).join('').length;
  return [{ start, remove, insert: now.slice(head, now.length - tail).join('') }];
}
