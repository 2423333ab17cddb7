// In which steps a text is counted: words where they stand apart, characters in scripts that write no spaces.

import { UNSPACED } from '@voiceinput/plugin-api';

/** A word, or one character of a script without spaces. */
export interface TextToken {
  /** In lower case. */
  readonly text: string;
  /** How much of a text it makes up, beside other tokens. */
  readonly weight: number;
}

const HAN = /\p{Script=Han}/u;
const WORD_OR_CHARACTER = new RegExp(
  `${UNSPACED.source}\\p{M}*|(?:(?!${UNSPACED.source})[\\p{L}\\p{N}\\p{M}'’])+`,
  'gu',
);

/** The tokens of a text, without what stands between them. */
export function tokensOf(text: string): TextToken[] {
  return Array.from(text.toLowerCase().matchAll(WORD_OR_CHARACTER), ([token]) => ({
    text: token,
    // Japanese writes the same word with one of these or with two or more kana.
    weight: HAN.test(token) ? 2 : 1,
  }));
}

/** How much text the tokens make up together. */
export function weightOf(tokens: readonly TextToken[]): number {
  return tokens.reduce((sum, { weight }) => sum + weight, 0);
}
