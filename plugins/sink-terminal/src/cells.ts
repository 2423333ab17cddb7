// How many columns of a terminal each character takes, and what is drawn for it.

import { printable } from '@voiceinput/plugin-api';
import stringWidth from 'string-width';

/** One character as the user sees it: a grapheme. */
export interface Cell {
  /** UTF-16 units in the session's text. */
  readonly units: number;
  readonly shown: string;
  readonly columns: number;
}

const PLAIN = /^[ -~]*$/u;
/** Few graphemes make up all texts; measuring one is slow. */
const measured = new Map<string, number>();
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function cellsOf(text: string): Cell[] {
  if (PLAIN.test(text)) return text.split('').map((shown) => ({ units: 1, shown, columns: 1 }));
  return Array.from(segmenter.segment(text), ({ segment }) => {
    const shown = printable(segment);
    return { units: segment.length, shown, columns: widest(shown) };
  });
}

/**
 * The most columns that any terminal gives it: some draw an emoji of many parts as one, some part by part.
 * Too narrow would spill over the edge, too wide only wraps a little early.
 */
function widest(grapheme: string): number {
  const known = measured.get(grapheme);
  if (known !== undefined) return known;
  const asParts = Array.from(grapheme).reduce((sum, part) => sum + stringWidth(part), 0);
  const columns = Math.max(stringWidth(grapheme), asParts);
  measured.set(grapheme, columns);
  return columns;
}
