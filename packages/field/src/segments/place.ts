// Where in a field a dictation's segments go and which steps bring them there.

import type { TextChange } from '@voiceinput/plugin-api';
import { middleChange } from './pieces.ts';
import type { Rewrite } from './pieces.ts';
import type { Move } from '../change/steps.ts';
import type { Unit } from '../change/unit.ts';
import { endOf, isSame } from '../ledger/span.ts';
import type { Span } from '../ledger/span.ts';
import type { Step } from '../ledger/written.ts';

export interface Placing {
  readonly sessionId: string;
  /** The segment that the edit is about. */
  readonly segmentId: string;
  /** All segments of the dictation in order, the space after it last. */
  readonly rewrites: readonly Rewrite[];
  readonly spans: readonly Span[];
  /** Where the user's caret is, in the field's units. */
  readonly caret: number;
  /** Where text goes that has nothing of the dictation beside it. Absent: to the caret. */
  readonly pinned?: number;
  readonly unit: Unit;
}

export type Placed =
  | {
      readonly kind: 'steps';
      /** In an order in which no step moves the place of a later one. */
      readonly steps: readonly Step[];
      /** The spans that have to be as we left them. */
      readonly changed: readonly Span[];
    }
  /** The user changed the segment. */
  | { readonly kind: 'touched' }
  /** Nobody knows any more where the segment is. */
  | { readonly kind: 'lost' };

/**
 * The steps that bring a dictation's text into a field. A segment that is not there yet goes behind the one before it,
 * or before the one after it, or to the caret. What the user touched stays as it is: when the edit is about it, nothing
 * is done.
 */
export function place({ sessionId, segmentId, rewrites, spans, caret, pinned = caret, unit }: Placing): Placed {
  const places = rewrites.map((rewrite) =>
    spans.find((span) => isSame(span, { sessionId, segmentId: rewrite.segmentId })),
  );
  const main = rewrites.findIndex((rewrite) => rewrite.segmentId === segmentId);
  if (places[main]?.touched) return { kind: 'touched' };
  if (places[main] === undefined && rewrites[main]?.before) return { kind: 'lost' };
  const groups: Group[] = [];
  for (const [index, { segmentId: id, before, after, changes }] of rewrites.entries()) {
    const span = places[index];
    if (span?.touched || changes.length === 0) continue;
    if (span !== undefined) {
      // What was told not to stand may stand all the same: its application answered too late.
      const own = before === '' ? middleChange(span.text, after) : changes;
      groups.push({ at: span.start, span, steps: stepsInside(span, own, { caret, unit }) });
    } else if (before === '' && after !== '') {
      const at = placeOf(index, places) ?? pinned;
      groups.push({ at, steps: [{ kind: 'insert', owner: { sessionId, segmentId: id }, at, text: after }] });
    }
  }
  const kept = groups.filter(({ span }) => span === undefined || !groups.some((group) => cuts(group, span)));
  const ordered = kept.toReversed().toSorted((a, b) => b.at - a.at);
  return {
    kind: 'steps',
    steps: ordered.flatMap(({ steps }) => steps),
    changed: ordered.flatMap(({ span }) => span ?? []),
  };
}

/** The steps for one segment; without a span it is new. */
interface Group {
  readonly at: number;
  readonly span?: Span;
  readonly steps: readonly Step[];
}

const cuts = ({ at, span: own }: Group, span: Span): boolean =>
  own === undefined && at > span.start && at < endOf(span);

/** Behind what was said before, as long as that is ours; what the user touched may be anywhere. */
function placeOf(index: number, places: readonly (Span | undefined)[]): number | undefined {
  const before = places.slice(0, index).findLast((span) => span !== undefined);
  if (before !== undefined) return before.touched ? undefined : endOf(before);
  return places.slice(index + 1).find((span) => span !== undefined && !span.touched)?.start;
}

function stepsInside(span: Span, changes: readonly TextChange[], field: { caret: number; unit: Unit }): Step[] {
  const { unit, caret } = field;
  return changes.toReversed().flatMap((change): Step[] => {
    const { start, remove, insert } = caret === span.start ? behindCaret(change, span.text, unit) : change;
    const from = span.start + unit.length(span.text.slice(0, start));
    const removed = span.text.slice(start, start + remove);
    // First what goes, so that undoing in the application never shows both. Only where the caret stands before it, to
    // stay there, the new text comes first, behind the old one.
    const isBehind = caret === from;
    const at = isBehind ? from + unit.length(removed) : from;
    const inserting: Step[] = insert === '' ? [] : [{ kind: 'insert', owner: span, at, text: insert }];
    const deleting: Step[] = removed === '' ? [] : [{ kind: 'delete', owner: span, at: from, text: removed }];
    return isBehind ? [...inserting, ...deleting] : [...deleting, ...inserting];
  });
}

/** Text that appears right at a caret pushes it along. Before our text it must stay, so the first character goes and comes again. */
function behindCaret(change: TextChange, text: string, unit: Unit): TextChange {
  const { start, remove, insert } = change;
  if (start > 0 || remove > 0 || text === '') return change;
  const first = text.slice(0, unit.index(text, 1));
  return { start: 0, remove: first.length, insert: insert + first };
}

/** Where a caret (or an end of the selection) is after `moves`, in a field that keeps it with the text around it. */
export function caretAfter(caret: number, moves: readonly Move[], unit: Unit): number {
  return moves.reduce((position, { kind, at, text }) => {
    const length = unit.length(text);
    if (kind === 'insert') return at <= position ? position + length : position;
    return position <= at ? position : Math.max(at, position - length);
  }, caret);
}
