// How far a transcript is from what was said: the word error rate.

import { errorsIn, wordsOf } from '../../src/compare/words.ts';

/** Words that were changed, left out or added, for each that was said. */
export function wordErrorRate(said: string, heard: string): number {
  const expected = wordsOf(said);
  return errorsIn(expected, wordsOf(heard)) / expected.length;
}
