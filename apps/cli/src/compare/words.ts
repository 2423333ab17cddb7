// How far one text is from another, word by word, in any language.

/** One step from a text to another: words that both have, or what stands in either instead. */
export interface Step {
  readonly kind: 'same' | 'different';
  readonly left: readonly string[];
  readonly right: readonly string[];
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words as they are compared: without case, marks and forms of writing, and е for ё, which few write. */
export function wordsOf(text: string): string[] {
  const segments = [...segmenter.segment(text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е'))];
  return segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** Words that were changed, left out or added. Levenshtein's distance over words. */
export function errorsIn(said: readonly string[], heard: readonly string[]): number {
  return distances(said, heard)[0]!;
}

/** How `right` differs from `left`: the fewest changes, neighbours joined. */
export function stepsBetween(left: readonly string[], right: readonly string[]): Step[] {
  const width = right.length + 1;
  const table = distances(left, right);
  const steps: { kind: Step['kind']; left: string[]; right: string[] }[] = [];
  const add = (kind: Step['kind'], one?: string, other?: string): void => {
    let last = steps.at(-1);
    if (last?.kind !== kind) steps.push((last = { kind, left: [], right: [] }));
    if (one !== undefined) last.left.push(one);
    if (other !== undefined) last.right.push(other);
  };
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const here = table[row * width + column]!;
    const [one, other] = [left[row], right[column]];
    const isSame = one !== undefined && one === other;
    const after = { left: table[(row + 1) * width + column], right: table[row * width + column + 1] };
    // What is left out or added goes before what is changed: more words stay the same.
    if (isSame && table[(row + 1) * width + column + 1] === here) add('same', left[row++], right[column++]);
    else if (one !== undefined && after.left === here - 1) add('different', left[row++]);
    else if (other !== undefined && after.right === here - 1) add('different', undefined, right[column++]);
    else add('different', left[row++], right[column++]);
  }
  return steps;
}

/** For every pair of places, the changes that are left from there to the ends; row by row of `left`. */
function distances(left: readonly string[], right: readonly string[]): Uint32Array {
  const width = right.length + 1;
  const table = new Uint32Array((left.length + 1) * width);
  for (let row = left.length; row >= 0; row--) {
    for (let column = right.length; column >= 0; column--) {
      const place = row * width + column;
      if (row === left.length) table[place] = right.length - column;
      else if (column === right.length) table[place] = left.length - row;
      else {
        const changed = table[place + width + 1]! + (left[row] === right[column] ? 0 : 1);
        table[place] = Math.min(changed, table[place + width]! + 1, table[place + 1]! + 1);
      }
    }
  }
  return table;
}
