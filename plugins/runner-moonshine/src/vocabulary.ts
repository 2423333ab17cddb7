// Decides how Moonshine's tokens become text.

import llama from 'llama-tokenizer-js';

/** Names the vocabulary: Llama's 32 000 pieces. Moonshine's ids above are marks without text. */
export const VOCABULARY = 'llama-32000';

export const START_TOKEN = 1;
export const END_TOKEN = 2;

/** Below are `<unk>`, `<s>` and `</s>`. */
const FIRST_PIECE = 3;
const PIECES = 32_000;

/** The text of tokens, without marks and without white space around it. */
export function textOf(tokens: readonly number[]): string {
  const pieces = tokens.filter((token) => token >= FIRST_PIECE && token < PIECES);
  return llama.decode(pieces, false, false).trim();
}
