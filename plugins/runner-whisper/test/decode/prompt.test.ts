// The decoder is told what to write, and never says a mark.

import { expect, test } from 'vitest';
import { previousTokens, suppression, taskTokens } from '../../src/decode/prompt.ts';
import { description } from '../description.ts';

const { tokens, languages } = description;

test('words are asked for in the language that is spoken, and without times', () => {
  expect(taskTokens('ru', description)).toEqual([languages['ru'], tokens.transcribe, tokens.noTimestamps]);
  expect(taskTokens('xx', description)).toEqual([tokens.noTimestamps]);
  expect(taskTokens('en', { ...description, multilingual: false })).toEqual([tokens.noTimestamps]);
});

test('nothing is ever translated', () => {
  for (const language of [undefined, ...Object.keys(languages)]) {
    expect(taskTokens(language, description)).not.toContain(tokens.translate);
  }
});

test('all marks are suppressed but the end', () => {
  const { suppressed = [], suppressedFirst, endToken } = suppression(description);
  expect(endToken).toBe(tokens.end);
  expect(suppressed.toSorted((a, b) => a - b)).toEqual([1, 2, ...Array.from({ length: 19 }, (_, index) => 21 + index)]);
  expect(suppressedFirst).toEqual([3]);
});

test('of a long text before, the end fits into half of what the decoder holds', () => {
  const before = Array.from({ length: 500 }, (_, index) => index);
  const previous = previousTokens(before, description);
  expect(previous).toHaveLength(224);
  expect(previous[0]).toBe(tokens.startOfPrevious);
  expect(previous.at(-1)).toBe(499);
  expect(previousTokens([], description)).toEqual([]);
});
