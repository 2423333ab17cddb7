// What is not to be relied on in what a model heard: it leaves sentences out, and puts short words on the wrong side of a pause.

import type { HeardWord } from './heard-word.ts';

const SAMPLES_PER_MS = 16;
const LONGEST_WORD = { ms: 500, msPerSign: 150 };
/** Of so many heard words one after the other … */
const WINDOW_WORDS = 4;
/** … no more may be others than those of the book. */
const MOST_UNLIKE = 2;

/**
 * Whether nobody takes so long for the word: then there is speech in its place that was not heard. How long a number is
 * that is written in digits nobody knows.
 */
export function holdsUnheardSpeech({ text, startSample, endSample }: HeardWord): boolean {
  if (/\p{N}/u.test(text)) return false;
  return endSample - startSample > (LONGEST_WORD.ms + LONGEST_WORD.msPerSign * text.trim().length) * SAMPLES_PER_MS;
}

/** Whether words that are not those of the book stand so near to each other that something else was read. */
export function isReadOtherwise(isSame: readonly boolean[]): boolean {
  let unlike = 0;
  for (const [index, same] of isSame.entries()) {
    if (!same) unlike++;
    if (index >= WINDOW_WORDS && !isSame[index - WINDOW_WORDS]!) unlike--;
    if (unlike > MOST_UNLIKE) return true;
  }
  return false;
}

/** Whether a reader would pause behind the word `left` of the book: there is a mark, and `right` is the next word. */
export function pausesBetween(book: readonly string[], left: number, right: number): boolean {
  if (left < 0 || right <= left) return false;
  const between = book.slice(left + 1, right);
  if (between.some((word) => /[\p{L}\p{N}]/u.test(word))) return false;
  return between.length > 0 || /[^\p{L}\p{N}]$/u.test(book[left]!) || /^[^\p{L}\p{N}]/u.test(book[right]!);
}
