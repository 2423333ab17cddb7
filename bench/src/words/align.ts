// Which words of a transcript are right, and what kind of error each other one is.

export interface ErrorCount {
  /** Words of the reference. */
  readonly words: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/** sclite's weights (NIST SCTK, sclite.htm, "alignment"): two indels cost more than one substitution, three substitutions as much as four indels. */
const SUBSTITUTION_COST = 4;
const INDEL_COST = 3;

interface Path {
  readonly cost: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/** Counts the errors of `hypothesis` along the cheapest alignment with `reference`. */
export function countErrors(reference: readonly string[], hypothesis: readonly string[]): ErrorCount {
  let above: Path[] = [{ cost: 0, substitutions: 0, deletions: 0, insertions: 0 }];
  for (let heard = 1; heard <= hypothesis.length; heard += 1) above.push(inserted(above[heard - 1]!));
  for (const expected of reference) {
    const row: Path[] = [deleted(above[0]!)];
    for (const [index, heard] of hypothesis.entries()) {
      const diagonal = above[index]!;
      const matched = expected === heard ? diagonal : substituted(diagonal);
      row.push(cheapest(matched, inserted(row[index]!), deleted(above[index + 1]!)));
    }
    above = row;
  }
  const { substitutions, deletions, insertions } = above.at(-1)!;
  return { words: reference.length, substitutions, deletions, insertions };
}

export const errorsOf = ({ substitutions, deletions, insertions }: ErrorCount): number =>
  substitutions + deletions + insertions;

/** Errors per word of the reference. NaN when the reference has no words. */
export const wordErrorRate = (count: ErrorCount): number => errorsOf(count) / count.words;

export function sumOf(counts: readonly ErrorCount[]): ErrorCount {
  return counts.reduce(
    (sum, count) => ({
      words: sum.words + count.words,
      substitutions: sum.substitutions + count.substitutions,
      deletions: sum.deletions + count.deletions,
      insertions: sum.insertions + count.insertions,
    }),
    { words: 0, substitutions: 0, deletions: 0, insertions: 0 },
  );
}

const substituted = (path: Path): Path => ({
  ...path,
  cost: path.cost + SUBSTITUTION_COST,
  substitutions: path.substitutions + 1,
});
const inserted = (path: Path): Path => ({ ...path, cost: path.cost + INDEL_COST, insertions: path.insertions + 1 });
const deleted = (path: Path): Path => ({ ...path, cost: path.cost + INDEL_COST, deletions: path.deletions + 1 });

/** On a tie the earlier one. */
function cheapest(first: Path, ...others: readonly Path[]): Path {
  return others.reduce((best, path) => (path.cost < best.cost ? path : best), first);
}
