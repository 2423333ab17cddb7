// Where our stretches of a field are when nobody told how the field became what it is.

import type { Span } from './span.ts';
import type { Unit } from '../change/unit.ts';

/** Shorter texts are met by chance. */
const SHORTEST_UNITS = 4;

/** `spans` where their texts stand in `text`. One that does not stand there exactly once is touched: nobody guesses. */
export function refound(spans: readonly Span[], text: string, unit: Unit): Span[] {
  return spans.map((span) => {
    if (span.touched) return span;
    const index = text.indexOf(span.text);
    const isThere = index !== -1 && text.indexOf(span.text, index + 1) === -1 && span.length >= SHORTEST_UNITS;
    return isThere ? { ...span, start: unit.length(text.slice(0, index)) } : { ...span, touched: true };
  });
}
