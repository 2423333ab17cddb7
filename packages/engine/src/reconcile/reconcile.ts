// Which words of a text change when a better reading replaces it.

import type { TextChange } from '@voiceinput/plugin-api';

const wordSegmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Beyond this many word pairs the differing middle is replaced as a whole. */
const MAX_PAIRS = 4_000_000;

/**
 * The changes that make `after` of `before`: whole words, sorted, as few characters as possible.
 *
 * Word boundaries never cut a grapheme (UAX #29), so neither do the changes.
 */
export function reconcile(before: string, after: string): TextChange[] {
  const oldWords = toWords(before);
  const newWords = toWords(after);

  let head = 0;
  while (head < oldWords.length && head < newWords.length && oldWords[head] === newWords[head]) head += 1;
  let tail = 0;
  const longestTail = Math.min(oldWords.length, newWords.length) - head;
  while (tail < longestTail && oldWords.at(-1 - tail) === newWords.at(-1 - tail)) tail += 1;

  const start = lengthOf(oldWords.slice(0, head));
  const oldMiddle = oldWords.slice(head, oldWords.length - tail);
  const newMiddle = newWords.slice(head, newWords.length - tail);
  return joinAcrossSpaces(before, changesBetween(oldMiddle, newMiddle, start));
}

function toWords(text: string): string[] {
  return Array.from(wordSegmenter.segment(text), ({ segment }) => segment);
}

function changesBetween(oldWords: readonly string[], newWords: readonly string[], start: number): TextChange[] {
  if (oldWords.length === 0 && newWords.length === 0) return [];
  if (oldWords.length * newWords.length > MAX_PAIRS) {
    return [{ start, remove: lengthOf(oldWords), insert: newWords.join('') }];
  }
  const kept = charactersKept(oldWords, newWords);
  const columns = newWords.length + 1;
  const changes: TextChange[] = [];
  let [position, remove, insert] = [start, 0, ''];
  const flush = (): void => {
    if (remove > 0 || insert !== '') changes.push({ start: position, remove, insert });
    position += remove;
    [remove, insert] = [0, ''];
  };
  let [i, j] = [0, 0];
  while (i < oldWords.length || j < newWords.length) {
    const oldWord = oldWords[i];
    const newWord = newWords[j];
    if (oldWord !== undefined && oldWord === newWord) {
      flush();
      position += oldWord.length;
      [i, j] = [i + 1, j + 1];
    } else if (
      newWord === undefined ||
      (oldWord !== undefined && kept[(i + 1) * columns + j]! >= kept[i * columns + j + 1]!)
    ) {
      remove += oldWord!.length;
      i += 1;
    } else {
      insert += newWord;
      j += 1;
    }
  }
  flush();
  return changes;
}

/** For each pair of suffixes, how many characters a longest common subsequence of words keeps; row-major. */
function charactersKept(oldWords: readonly string[], newWords: readonly string[]): Uint32Array {
  const columns = newWords.length + 1;
  const kept = new Uint32Array((oldWords.length + 1) * columns);
  for (let i = oldWords.length - 1; i >= 0; i -= 1) {
    for (let j = newWords.length - 1; j >= 0; j -= 1) {
      kept[i * columns + j] =
        oldWords[i] === newWords[j]
          ? kept[(i + 1) * columns + j + 1]! + oldWords[i]!.length
          : Math.max(kept[(i + 1) * columns + j]!, kept[i * columns + j + 1]!);
    }
  }
  return kept;
}

/** One change instead of two with only a space between: fewer edits, and no reader sees half a phrase change. */
function joinAcrossSpaces(before: string, changes: readonly TextChange[]): TextChange[] {
  const joined: TextChange[] = [];
  for (const change of changes) {
    const last = joined.at(-1);
    const between = last === undefined ? undefined : before.slice(last.start + last.remove, change.start);
    if (last === undefined || between === undefined || between.trim() !== '') {
      joined.push(change);
      continue;
    }
    const remove = last.remove + between.length + change.remove;
    joined[joined.length - 1] = { start: last.start, remove, insert: last.insert + between + change.insert };
  }
  return joined;
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}
