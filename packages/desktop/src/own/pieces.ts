// What an edit of a dictation's text means for each of its segments.

import { applyChanges } from '@voiceinput/plugin-api';
import type { TextChange, Edit } from '@voiceinput/plugin-api';

/** A segment as the engine counts it in the dictation's text. */
export interface Piece {
  readonly segmentId: string;
  readonly startSample: number;
  /** The separator that it owns and its text. */
  readonly said: string;
  /** Without the separator. */
  readonly text: string;
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

/** A separator is never longer; beyond it a text was not found but met by chance. */
const LONGEST_SEPARATOR = 2;

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
  const after = piecesIn(applyChanges(before.map(({ said }) => said).join(''), edit.changes), before, edit);
  if (after === undefined) return undefined;
  let rest = localChanges(before, edit.changes);
  const rewrites = before.map((piece, index): Rewrite => {
    const next = after[index]!;
    const own = changesThatMake(next.said, piece.said, rest.ofPiece(index));
    rest = rest.without(own?.length ?? 0);
    const [old, now] = [shown(piece.said), shown(next.said)];
    const exact = own !== undefined && old === piece.said && applyChanges(old, own) === now;
    return { segmentId: piece.segmentId, before: old, after: now, changes: exact ? own : middleChange(old, now) };
  });
  return { pieces: after, rewrites };
}

function withPlaceFor({ segment }: Edit, pieces: readonly Piece[]): readonly Piece[] {
  const { segmentId, startSample } = segment;
  if (pieces.some((piece) => piece.segmentId === segmentId)) return pieces;
  return [...pieces, { segmentId, startSample, said: '', text: '' }].toSorted((a, b) => a.startSample - b.startSample);
}

function piecesIn(text: string, pieces: readonly Piece[], { segment }: Edit): Piece[] | undefined {
  let at = 0;
  const found: Piece[] = [];
  for (const piece of pieces) {
    const own = piece.segmentId === segment.segmentId ? segment.text : piece.text;
    const start = own === '' ? at : text.indexOf(own, at);
    if (start === -1 || start - at > LONGEST_SEPARATOR) return undefined;
    found.push({ ...piece, text: own, said: text.slice(at, start + own.length) });
    at = start + own.length;
  }
  return at === text.length ? found : undefined;
}

interface Remaining {
  /** The changes that may belong to a piece, in its own offsets. */
  ofPiece(index: number): readonly TextChange[];
  without(count: number): Remaining;
}

function localChanges(pieces: readonly Piece[], changes: readonly TextChange[]): Remaining {
  const starts = pieces.map((_, index) => pieces.slice(0, index).reduce((sum, { said }) => sum + said.length, 0));
  return {
    ofPiece(index) {
      const base = starts[index]!;
      const end = base + pieces[index]!.said.length;
      return changes
        .filter(({ start, remove }) => start >= base && start + remove <= end)
        .map((change) => ({ ...change, start: change.start - base }));
    },
    without: (count) => localChanges(pieces, changes.slice(count)),
  };
}

/** The fewest first ones of `changes` that make `after` of `before`: at a border, the next belong to the next piece. */
function changesThatMake(
  after: string,
  before: string,
  changes: readonly TextChange[],
): readonly TextChange[] | undefined {
  for (let count = 0; count <= changes.length; count += 1) {
    const first = changes.slice(0, count);
    if (applyChanges(before, first) === after) return first;
  }
  return undefined;
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
