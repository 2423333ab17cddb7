// Whether a word keeps its capital inside a sentence.

import { expect, test } from 'vitest';
import { keepsCapital } from '../src/words/spelling.ts';

const keeps = (word: string, language: string, context = ''): boolean => keepsCapital(word, { language, context });

test('names and acronyms keep it, function words don’t', () => {
  expect(keeps('I', 'en')).toBe(true);
  expect(keeps('API', 'en')).toBe(true);
  expect(keeps('iPhone', 'en')).toBe(true);
  expect(keeps('The', 'en')).toBe(false);
  expect(keeps('И', 'ru')).toBe(false);
});

test('other text at hand shows how a word is written', () => {
  expect(keeps('Kettle', 'en', 'on the kettle there')).toBe(false);
});
