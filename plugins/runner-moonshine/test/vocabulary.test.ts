// Tokens become the text that Llama's own tokenizer makes of them.

import fc from 'fast-check';
import llama from 'llama-tokenizer-js';
import { expect, test } from 'vitest';
import { piecesOf, spokenText, textOf } from '../src/vocabulary.ts';

const FIRST_PIECE = 3;
const PIECES = 32_000;
const theirs = (tokens: readonly number[]): string => llama.decode([...tokens], false, false).trim();

test('each piece has the text that it has there', () => {
  const all = Array.from({ length: PIECES - FIRST_PIECE }, (_, index) => FIRST_PIECE + index);
  expect(all.filter((token) => textOf([token]) !== theirs([token]))).toEqual([]);
});

test('so has any text, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: FIRST_PIECE, max: PIECES - 1 })), (tokens) => {
      expect(textOf(tokens)).toBe(theirs(tokens));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tokens = llama.encode(text, false, true);
      expect(textOf(tokens)).toBe(theirs(piecesOf(tokens)));
    }),
  );
});

test('marks have none', () => {
  expect(textOf([1, 0, 2, 32_001, PIECES])).toBe('');
});

test.each([
  ['な,', ''],
  ['ха ха', ''],
  ['No, no.', 'No, no.'],
  ['555 1234.', '555 1234.'],
  ['The α particle', 'The α particle'],
  ['naïve café', 'naïve café'],
])('of “%s” an English model may have heard “%s”', (text, spoken) => {
  expect(spokenText(llama.encode(text, false, true))).toBe(spoken);
});
