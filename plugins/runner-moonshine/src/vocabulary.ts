// How Moonshine's tokens become text.

import { readFileSync } from 'node:fs';

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

/**
 * The text of each piece, with `▁` for a space and such as `<0x0A>` for a single byte: the table of llama-tokenizer-js,
 * which takes an eighth of a second to load, because it encodes, too.
 */
const pieces = JSON.parse(
  readFileSync(new URL('../vocabulary/llama-32000.json', import.meta.url), 'utf8'),
) as readonly string[];

/** The text of tokens, without marks and without white space around it. */
export function textOf(tokens: readonly number[]): string {
  const bytes = Buffer.concat(piecesOf(tokens).map((token) => bytesOf(pieces[token]!)));
  return new TextDecoder().decode(bytes).replaceAll('▁', ' ').trim();
}

/**
 * The same; empty where it has letters, but none of those that English is written with. Of laughter and of one word said
 * again and again the model sometimes makes a letter of another script.
 */
export function spokenText(tokens: readonly number[]): string {
  const text = textOf(tokens);
  return /\p{L}/u.test(text) && !/\p{Script=Latin}/u.test(text) ? '' : text;
}

function bytesOf(piece: string): Buffer {
  const byte = /^<0x(?<hex>[0-9A-F]{2})>$/.exec(piece)?.groups?.['hex'];
  return byte === undefined ? Buffer.from(piece) : Buffer.from(byte, 'hex');
}
