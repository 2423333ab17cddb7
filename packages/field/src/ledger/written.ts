// What our own writing does to the stretches of a field that are ours.

import { rebased } from './rebase.ts';
import { endOf, isSame } from './span.ts';
import type { Owner, Span } from './span.ts';
import type { Unit } from '../change/unit.ts';

/** One step of our own writing: `text` appears at `at` or goes from there; in the field's units. */
export interface Step {
  readonly kind: 'insert' | 'delete';
  readonly owner: Owner;
  readonly at: number;
  readonly text: string;
}

/**
 * `spans` after one step. All but the owner's span are rebased as under an edit of the user's, so that a dictation into
 * the middle of another one ends that one. An owner without a span gets one; an empty span goes.
 */
export function written(spans: readonly Span[], step: Step, unit: Unit): Span[] {
  const length = unit.length(step.text);
  const own = spans.find((span) => isSame(span, step.owner));
  const others = rebased(
    spans.filter((span) => span !== own),
    { at: step.at, remove: step.kind === 'delete' ? length : 0, insert: step.kind === 'insert' ? length : 0 },
  );
  const mine = own === undefined ? begun(step, length) : changed(own, step, unit);
  return mine === undefined ? others : inOrder([...others, mine]);
}

function begun({ kind, owner, at, text }: Step, length: number): Span | undefined {
  const { sessionId, segmentId } = owner;
  return kind === 'delete' || length === 0
    ? undefined
    : { sessionId, segmentId, start: at, length, text, touched: false };
}

function changed(span: Span, { kind, at, text }: Step, unit: Unit): Span | undefined {
  if (span.touched) return span;
  const removed = kind === 'delete' ? unit.length(text) : 0;
  if (at < span.start || at + removed > endOf(span)) return { ...span, touched: true };
  const from = unit.index(span.text, at - span.start);
  const to = unit.index(span.text, at - span.start + removed);
  const after = span.text.slice(0, from) + (kind === 'insert' ? text : '') + span.text.slice(to);
  return after === '' ? undefined : { ...span, text: after, length: unit.length(after) };
}

function inOrder(spans: readonly Span[]): Span[] {
  return spans.toSorted((a, b) => a.start - b.start || a.length - b.length);
}
