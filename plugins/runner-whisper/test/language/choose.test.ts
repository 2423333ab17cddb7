// The language is one of the allowed ones, stays where the choice is close, and is doubted where another one is spoken.

import { expect, test } from 'vitest';
import { chooseLanguage, codeOf } from '../../src/language/choose.ts';
import { description } from '../description.ts';

/** What follows the start mark where languages have these probabilities. */
function expecting(probabilities: Readonly<Record<string, number>>): Float32Array {
  const logits = new Float32Array(description.dims.vocabularySize).fill(9);
  for (const [code, mark] of Object.entries(description.languages))
    logits[mark] = Math.log(probabilities[code] ?? 1e-6);
  return logits;
}

const choose = (
  probabilities: Readonly<Record<string, number>>,
  { allowed = ['en', 'ru'], before }: { allowed?: readonly string[]; before?: string } = {},
) => chooseLanguage(expecting(probabilities), { allowed, before }, description);

test('the likeliest of the allowed languages is taken, even where another one is likelier', () => {
  const chosen = choose({ uk: 0.6, ru: 0.3, en: 0.1 });
  expect(chosen).toMatchObject({ language: 'ru', foreign: false });
  expect(chosen.probability).toBeCloseTo(0.75, 3);
});

test('without allowed languages it is the likeliest of all', () => {
  expect(choose({ uk: 0.6, ru: 0.3, en: 0.1 }, { allowed: [] })).toMatchObject({ language: 'uk', foreign: false });
});

test('a close choice keeps what was spoken before, a clear one does not', () => {
  expect(choose({ ru: 0.55, en: 0.45 }, { before: 'en' }).language).toBe('en');
  expect(choose({ ru: 0.55, en: 0.45 }).language).toBe('ru');
  expect(choose({ ru: 0.8, en: 0.2 }, { before: 'en' }).language).toBe('ru');
  expect(choose({ ru: 0.55, en: 0.45 }, { before: 'uk' }).language).toBe('ru');
});

test('where surely another language is spoken, that is told', () => {
  expect(choose({ uk: 0.97, ru: 0.02, en: 0.01 })).toMatchObject({ language: 'ru', foreign: true });
  expect(choose({ uk: 0.7, ru: 0.02, en: 0.01, no: 0.27 }).foreign).toBe(false);
});

test('a language that the model does not know is not chosen', () => {
  expect(choose({ ru: 1 }, { allowed: ['tlh'] })).toEqual({ language: undefined, foreign: false });
});

test.each([
  ['en-GB', 'en'],
  ['RU', 'ru'],
  ['nb', 'no'],
  ['nn-NO', 'no'],
  ['tlh', undefined],
])('%s is %s to Whisper', (language, code) => {
  expect(codeOf(language, description)).toBe(code);
});
