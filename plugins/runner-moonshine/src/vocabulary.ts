// How Moonshine's tokens become text.

import llama from 'llama-tokenizer-js';

/** Names the vocabulary: Llama's 32 000 pieces. Moonshine's ids above are marks without text. */
export const VOCABULARY = 'llama-32000';

/** What stands before every text. */
export const PROMPT: readonly number[] = [1];
export const END_TOKEN = 2;

/** Below are `<unk>`, `<s>` and `</s>`. */
const FIRST_PIECE = 3;
const PIECES = 32_000;

/** The tokens that stand for text. */
export const piecesOf = (tokens: readonly number[]): number[] =>
  tokens.filter((token) => Number.isInteger(token) && token >= FIRST_PIECE && token < PIECES);

/** The text of tokens, without marks and without white space around it. */
export const textOf = (tokens: readonly number[]): string => llama.decode(piecesOf(tokens), false, false).trim();
