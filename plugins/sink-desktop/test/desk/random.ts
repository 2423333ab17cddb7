// Numbers that are the same for the same seed, and how much of a text is there in order.

/** Mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many characters of `wanted` stand in `text` in the same order: their longest common subsequence. */
export function inOrder(wanted: string, text: string): number {
  let row = Array.from({ length: text.length + 1 }, () => 0);
  for (const character of wanted) {
    const next = [0];
    for (let index = 0; index < text.length; index += 1)
      next.push(character === text[index] ? row[index]! + 1 : Math.max(next[index]!, row[index + 1]!));
    row = next;
  }
  return row.at(-1)!;
}
