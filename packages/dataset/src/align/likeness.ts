// How alike two words or texts are, letter by letter.

/** Letters that were changed, left out or added. */
export function letterDistance(one: string, other: string): number {
  if (one === other) return 0;
  let above = Uint32Array.from({ length: other.length + 1 }, (_, column) => column);
  let row = new Uint32Array(other.length + 1);
  for (let left = 0; left < one.length; left++) {
    row[0] = left + 1;
    for (let right = 0; right < other.length; right++) {
      const changed = above[right]! + (one[left] === other[right] ? 0 : 1);
      row[right + 1] = Math.min(changed, above[right + 1]! + 1, row[right]! + 1);
    }
    [above, row] = [row, above];
  }
  return above[other.length]!;
}

/** 1: the same; 0: nothing in common. */
export function likeness(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  return longest === 0 ? 1 : 1 - letterDistance(one, other) / longest;
}
