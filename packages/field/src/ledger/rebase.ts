// Where our stretches of a field are after somebody else changed it, and which of them are no longer ours.

import { endOf } from './span.ts';
import type { FieldEdit, Span } from './span.ts';

/**
 * `spans` after an edit that is not ours: what lies behind it moves, what it cut into is touched for good.
 *
 * Text that appears at a span's very beginning or end stands before or after it, not inside.
 */
export function rebased(spans: readonly Span[], edit: FieldEdit): Span[] {
  return spans.map((span) => rebasedSpan(span, edit));
}

function rebasedSpan(span: Span, { at, remove, insert }: FieldEdit): Span {
  if (span.touched || at >= endOf(span)) return span;
  if (at + remove <= span.start) return { ...span, start: span.start + insert - remove };
  return { ...span, touched: true };
}
