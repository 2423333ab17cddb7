// Which word of a book each heard word is.

import { anchorsBetween } from './anchors.ts';
import type { Anchor } from './anchors.ts';
import { likeness } from './likeness.ts';

/** Words that are less alike are not one word heard in two ways. */
const LEAST_LIKENESS = 0.5;
const ONE_SIDED = 1;
/** Between two anchors more is not compared: there the texts have nothing to do with each other. */
const MOST_PAIRS = 4_000_000;
/** Before the first anchor and behind the last, so much more of the book than was heard may belong to it. */
const MARGIN_WORDS = 30;

/** By heard word, the place of its book word, or −1. Places rise. */
export function alignSounds(heard: readonly string[], book: readonly string[]): Int32Array {
  const places = new Int32Array(heard.length).fill(-1);
  const anchors = anchorsBetween(heard, book);
  const [first, last] = [anchors[0], anchors.at(-1)];
  if (first === undefined || last === undefined) return places;
  const begin: Anchor = { left: -1, right: Math.max(-1, first.right - first.left - MARGIN_WORDS - 1) };
  const after = heard.length - last.left;
  const end: Anchor = { left: heard.length, right: Math.min(book.length, last.right + after + MARGIN_WORDS) };
  let from = begin;
  for (const to of [...anchors, end]) {
    alignGap(places, { heard, book, from, to });
    if (to.left < heard.length) places[to.left] = to.right;
    from = to;
  }
  return places;
}

interface Gap {
  readonly heard: readonly string[];
  readonly book: readonly string[];
  /** Both are outside. */
  readonly from: Anchor;
  readonly to: Anchor;
}

/** The cheapest way from the one anchor to the other. */
function alignGap(places: Int32Array, { heard, book, from, to }: Gap): void {
  const [rows, columns] = [to.left - from.left - 1, to.right - from.right - 1];
  if (rows <= 0 || columns <= 0 || rows * columns > MOST_PAIRS) return;
  const width = columns + 1;
  const costs = new Float32Array((rows + 1) * width);
  for (let row = rows; row >= 0; row--) {
    for (let column = columns; column >= 0; column--) {
      if (row === rows || column === columns) {
        costs[row * width + column] = (rows - row + columns - column) * ONE_SIDED;
        continue;
      }
      const both = costOf(heard[from.left + 1 + row]!, book[from.right + 1 + column]!);
      costs[row * width + column] = Math.min(
        both + costs[(row + 1) * width + column + 1]!,
        ONE_SIDED + costs[(row + 1) * width + column]!,
        ONE_SIDED + costs[row * width + column + 1]!,
      );
    }
  }
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    const here = costs[row * width + column]!;
    const both = costOf(heard[from.left + 1 + row]!, book[from.right + 1 + column]!);
    if (Math.abs(here - both - costs[(row + 1) * width + column + 1]!) < 1e-3) {
      places[from.left + 1 + row++] = from.right + 1 + column++;
    } else if (Math.abs(here - ONE_SIDED - costs[(row + 1) * width + column]!) < 1e-3) row++;
    else column++;
  }
}

/** Of taking two words for one. */
function costOf(one: string, other: string): number {
  if (one === other) return 0;
  // A word that is heard wrong keeps its beginning or its end, and most of its length.
  if (one.slice(0, 2) !== other.slice(0, 2) && one.slice(-2) !== other.slice(-2)) return Infinity;
  if (Math.min(one.length, other.length) < LEAST_LIKENESS * Math.max(one.length, other.length)) return Infinity;
  const alike = likeness(one, other);
  return alike < LEAST_LIKENESS ? Infinity : 2 * (1 - alike);
}
