// Places where two long texts are surely at the same point.

/** Places in the one and the other text. */
export interface Anchor {
  readonly left: number;
  readonly right: number;
}

const SPAN = 3;

/**
 * Places where three words stand that are nowhere else in either text, in the order of both: the longest such sequence,
 * so that a passage that was repeated or put elsewhere costs only itself.
 */
export function anchorsBetween(left: readonly string[], right: readonly string[]): Anchor[] {
  const inLeft = uniqueSpans(left);
  const inRight = uniqueSpans(right);
  const pairs: Anchor[] = [];
  for (const [span, place] of inLeft) {
    const other = inRight.get(span);
    if (place >= 0 && other !== undefined && other >= 0) pairs.push({ left: place, right: other });
  }
  return longestRising(pairs.toSorted((one, other) => one.left - other.left));
}

/** By three words, their only place; −1 where there are several. */
function uniqueSpans(words: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (let place = 0; place + SPAN <= words.length; place++) {
    const span = words.slice(place, place + SPAN).join(' ');
    places.set(span, places.has(span) ? -1 : place);
  }
  return places;
}

function longestRising(pairs: readonly Anchor[]): Anchor[] {
  /** By length, the pair with the smallest end; and of each pair the one before it. */
  const ends: number[] = [];
  const before: number[] = [];
  for (const [index, { right }] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]!.right < right) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = index;
  }
  const rising: Anchor[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]!) rising.push(pairs[index]!);
  return rising.toReversed();
}
