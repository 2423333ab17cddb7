// Which words of a text are not in another one, in order: what the better reading changed.

/** The words of `text` with the spaces after them, and whether `before` has them in the same order. */
export function changedWords(
  before: string,
  text: string,
): readonly { readonly word: string; readonly isNew: boolean }[] {
  const [old, now] = [before.match(/\S+\s*/g) ?? [], text.match(/\S+\s*/g) ?? []];
  const same = (i: number, j: number): boolean => old[i]?.trim() === now[j]?.trim();
  // The longest common subsequence, from every pair of places on.
  const longest = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i]![j] = same(i, j) ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < old.length && j < now.length;) {
    if (same(i, j)) {
      kept.add(j);
      i += 1;
      j += 1;
    } else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i += 1;
    else j += 1;
  }
  return now.map((word, index) => ({ word, isNew: !kept.has(index) }));
}
