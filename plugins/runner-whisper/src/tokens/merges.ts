// Which pairs a byte-pair vocabulary joins, found from the vocabulary alone.

/**
 * The merges of a vocabulary whose ids are in the order in which pairs were joined, as GPT-2's and Whisper's are. `texts`
 * are by id, in letters of the byte alphabet; undefined for marks.
 */
export function mergesOf(texts: readonly (string | undefined)[]): [string, string][] {
  const ranks = new Map<string, number>();
  for (const [id, text] of texts.entries()) if (text !== undefined && !ranks.has(text)) ranks.set(text, id);
  const merges: [string, string][] = [];
  for (const [text, rank] of ranks) {
    const letters = Array.from(text);
    if (letters.length < 2) continue;
    const parts = join(letters, (joined) => {
      const found = ranks.get(joined);
      return found !== undefined && found < rank ? found : undefined;
    });
    const [left, right] = parts;
    if (parts.length === 2 && left !== undefined && right !== undefined) merges.push([left, right]);
  }
  return merges;
}

/** Joins neighbours, the pair of the lowest rank first, until no pair has a rank. */
function join(letters: readonly string[], rankOf: (joined: string) => number | undefined): string[] {
  const parts = [...letters];
  for (;;) {
    let [best, at] = [Infinity, -1];
    for (let index = 0; index + 1 < parts.length; index++) {
      const rank = rankOf(`${parts[index]}${parts[index + 1]}`) ?? Infinity;
      if (rank < best) [best, at] = [rank, index];
    }
    if (at < 0) return parts;
    parts.splice(at, 2, `${parts[at]}${parts[at + 1]}`);
  }
}
