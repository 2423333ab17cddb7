// How texts are compared word by word.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorsIn, stepsBetween, wordsOf } from '../../src/compare/words.ts';

test('words are compared without case, marks and forms of writing', () => {
  expect(wordsOf('Hello, wORLD! It’s ﬁne.')).toEqual(['hello', 'world', 'it’s', 'fine']);
  expect(wordsOf('Привет, мир.')).toEqual(['привет', 'мир']);
  expect(wordsOf('Ещё всё')).toEqual(wordsOf('еще все'));
  expect(wordsOf('今日はいい天気です').length).toBeGreaterThan(1);
});

test.each([
  ['a b c', 'a b c', 0],
  ['a b c', 'a x c', 1],
  ['a b c', 'a c', 1],
  ['a c', 'a b c', 1],
  ['', 'a b', 2],
  ['a b', '', 2],
  ['a b c d', 'b c d e', 2],
])('%j heard as %j has %i wrong words', (said, heard, errors) => {
  expect(errorsIn(wordsOf(said), wordsOf(heard))).toBe(errors);
});

test('differences stand side by side', () => {
  expect(stepsBetween(wordsOf('the cat sat on a mat'), wordsOf('the cats sat on mat today'))).toEqual([
    { kind: 'same', left: ['the'], right: ['the'] },
    { kind: 'different', left: ['cat'], right: ['cats'] },
    { kind: 'same', left: ['sat', 'on'], right: ['sat', 'on'] },
    { kind: 'different', left: ['a'], right: [] },
    { kind: 'same', left: ['mat'], right: ['mat'] },
    { kind: 'different', left: [], right: ['today'] },
  ]);
});

describe('whatever the texts', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

  test('steps put together give both texts, and cost as much as the errors', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const steps = stepsBetween(left, right);
        expect(steps.flatMap((step) => step.left)).toEqual(left);
        expect(steps.flatMap((step) => step.right)).toEqual(right);
        for (const step of steps.filter(({ kind }) => kind === 'same')) expect(step.left).toEqual(step.right);
        const cost = steps
          .filter(({ kind }) => kind === 'different')
          .reduce((sum, step) => sum + Math.max(step.left.length, step.right.length), 0);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(cost).toBeLessThanOrEqual(errorsIn(left, right));
      }),
      { seed: 7 },
    );
  });

  test('errors are a distance', () => {
    fc.assert(
      fc.property(text, text, text, (one, other, third) => {
        expect(errorsIn(one, one)).toBe(0);
        expect(errorsIn(one, other)).toBe(errorsIn(other, one));
        expect(errorsIn(one, third)).toBeLessThanOrEqual(errorsIn(one, other) + errorsIn(other, third));
      }),
      { seed: 7 },
    );
  });
});
