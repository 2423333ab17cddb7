// Tokens are put together to words, in scripts with spaces and without, and marks stay with their word.

import { expect, test } from 'vitest';
import type { Decoded } from '@voiceinput/onnx';
import { wordRanges, wordsOf } from '../../src/decode/word-times.ts';

/** A tokenizer over pieces of UTF-8; a token's id is its place. */
function tokenizerOf(pieces: readonly (string | readonly number[])[]) {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece)));
  return {
    tokens: pieces.map((_, token) => token),
    encode: () => Promise.reject(new Error('not asked for')),
    decode: (tokens: readonly number[]) =>
      new TextDecoder().decode(Buffer.concat(tokens.map((token) => bytes[token]!))),
  };
}

test.each<[string, (string | number[])[], string[]]>([
  ['marks stay with the word before', [' Hel', 'lo', ',', ' world', '!'], ['Hello,', 'world!']],
  ['an opening mark goes with the word behind', [' He', ' said', ' "', 'yes', '"'], ['He', 'said "yes"']],
  ['dashes inside stay', [' well', '-', 'known'], ['well-known']],
  ['a letter of several tokens stays whole', [' П', [0xd1], [0x80], 'ивет'], ['Привет']],
  ['scripts without spaces have a word a token', ['今', '天', '。'], ['今', '天。']],
  ['nothing is nothing', [], []],
])('%s', (_, pieces, words) => {
  const tokenizer = tokenizerOf(pieces);
  expect(wordRanges(tokenizer.tokens, tokenizer).map(({ text }) => text)).toEqual(words);
});

test('words lie where their tokens looked, in the session, with their confidence', () => {
  const tokenizer = tokenizerOf([' one', ' t', 'wo']);
  const look = (frame: number): Float32Array =>
    Float32Array.from({ length: 500 }, (_, at) => Math.exp(-(((at - frame) / 4) ** 2)));
  const logProbs = [Math.log(0.9), Math.log(0.5), Math.log(0.5), 0];
  const decoded: Decoded = {
    tokens: tokenizer.tokens,
    logProbs,
    looks: [20, 60, 70, 95].map(look),
    ending: 'end',
    passes: 4,
  };
  const hearing = { encoded: {}, context: 'short', frames: 500, heardFrames: 100, samples: 32_000 } as const;
  const [one, two] = wordsOf(decoded, { hearing, startSample: 1000, tokenizer });
  expect(one).toMatchObject({ text: 'one', startSample: 1000 });
  expect(two!.startSample).toBe(one!.endSample);
  expect((one!.endSample - 1000) / 320).toBeGreaterThan(20);
  expect((one!.endSample - 1000) / 320).toBeLessThan(60);
  expect(two!.endSample).toBeLessThanOrEqual(33_000);
  expect(one!.confidence).toBeCloseTo(0.9, 5);
  expect(two!.confidence).toBeCloseTo(0.5, 5);
});

test('where the decoder does not say where it looked, there are no places', () => {
  const tokenizer = tokenizerOf([' one']);
  const decoded: Decoded = { tokens: [0], logProbs: [0, 0], looks: [], ending: 'end', passes: 2 };
  const hearing = { encoded: {}, context: 'short', frames: 500, heardFrames: 100, samples: 32_000 } as const;
  expect(wordsOf(decoded, { hearing, startSample: 0, tokenizer })).toEqual([]);
});
