// Whether a reading only gives back the text before it, as language models do that are told it.

import { tokensOf } from './tokens.ts';

/** So many tokens in the same order are no accident. */
const LEAST_TOKENS = 4;

/** Whether `heard` begins with the end of `precedingText`, or is nothing but a part of it. */
export function isEcho(heard: string, precedingText: string): boolean {
  const [words, before] = [heard, precedingText].map((text) => tokensOf(text).map((token) => token.text));
  if (words === undefined || before === undefined || words.length === 0) return false;
  if (words.length >= LEAST_TOKENS && ` ${before.join(' ')} `.includes(` ${words.join(' ')} `)) return true;
  for (let length = LEAST_TOKENS; length <= Math.min(words.length, before.length); length += 1) {
    if (before.slice(-length).every((word, index) => word === words[index])) return true;
  }
  return (
    words.length < LEAST_TOKENS && words.length === before.length && words.every((word, at) => word === before[at])
  );
}
