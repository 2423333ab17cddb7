// Where a word begins and ends, in any script.

import { isApostrophe, isWordPart } from './graphemes.ts';

/** Scripts that are written without spaces between words: every character may begin one. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

/** Whether a word can begin before the grapheme at `index`. */
export const beginsWord = (graphemes: readonly string[], index: number): boolean =>
  !joined(graphemes[index - 1], graphemes[index]);

/** Whether a word can end before the grapheme at `index`. It can before a possessive ('s), not inside "can't". */
export function endsWord(graphemes: readonly string[], index: number): boolean {
  const next = graphemes[index + 1];
  if (isApostrophe(graphemes[index]) && joined(graphemes[index - 1], next)) {
    return /^s$/iu.test(next ?? '') && !joined(next, graphemes[index + 2]);
  }
  return !joined(graphemes[index - 1], graphemes[index]);
}

function joined(before: string | undefined, after: string | undefined): boolean {
  return isSpacedWordPart(before) && isSpacedWordPart(after);
}

const isSpacedWordPart = (grapheme: string | undefined): boolean =>
  isWordPart(grapheme) && !UNSPACED.test(grapheme ?? '');
