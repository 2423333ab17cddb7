// Which known word a mistyped one most likely meant.

/** The nearest of `known`, capitals aside; absent when none is so near that it was likely meant. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const most = Math.max(2, word.length / 2);
  const [nearest] = known
    .map((one) => ({ one, changes: changesBetween(word.toLowerCase(), one.toLowerCase()) }))
    // What shares nothing with it was not meant, however short it is.
    .filter(({ one, changes }) => changes <= most && changes < one.length)
    .sort((a, b) => a.changes - b.changes);
  return nearest?.one;
}

/** Letters that have to be put in, taken out or replaced: https://en.wikipedia.org/wiki/Levenshtein_distance */
function changesBetween(word: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, length) => length);
  for (let at = 0; at < word.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const replaced = row[to]! + (word[at] === other[to] ? 0 : 1);
      next.push(Math.min(replaced, row[to + 1]! + 1, next[to]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
