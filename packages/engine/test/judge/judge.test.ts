import { expect, test } from 'vitest';
import { flawOf, isSure, repeats } from '../../src/judge/judge.ts';

test.each([
  ['better words', 'I read the book', 'I red the book', undefined],
  ['nothing', '', 'I read', 'empty'],
  ['anything instead of nothing', 'I read', '', undefined],
  ['half of it lost', 'I read', 'I read the whole long book', 'far shorter'],
  ['a loop', 'so so so so so so', 'so I went there so', 'repetition loop'],
  ['another script', 'привет мир', 'privet mir', 'other script'],
  ['figures for words', '2024', 'twenty', undefined],
  ['kana for kanji', 'わたし', '私', undefined],
])('a refined text with %s', (_, refined, draft, flaw) => {
  expect(flawOf(refined, draft)).toBe(flaw);
});

test('what people do say twice or thrice is no loop', () => {
  expect(repeats('no no no that is very very good')).toBe(false);
  expect(repeats('and then we go and then we go and then we go and then we go')).toBe(true);
});

test('a draft is sure by the mean of its tokens', () => {
  expect(isSure({ text: 'a', meanLogProb: -0.2 }, { skipRefineAboveLogProb: -0.3 })).toBe(true);
  expect(isSure({ text: 'a', meanLogProb: -0.4 }, { skipRefineAboveLogProb: -0.3 })).toBe(false);
  expect(isSure({ text: 'a' }, { skipRefineAboveLogProb: -0.3 })).toBe(false);
  expect(isSure({ text: 'a', meanLogProb: 0 }, {})).toBe(false);
});
