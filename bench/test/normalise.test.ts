// Spellings that count as the same words, and those that do not.

import { describe, expect, it } from 'vitest';
import { holds, isEmpty } from '../src/accuracy/reading.ts';
import { wordsOf } from '../src/words/normalise.ts';

describe('words of a text', () => {
  it.each([
    ['It’s John\'s "API", isn`t it?', ['its', 'johns', 'api', 'isnt', 'it']],
    ['speech-to-text at 9:00 AM', ['speech', 'to', 'text', 'at', '9', '00', 'am']],
    ['ＦＵＬＬ ﬁnish №5', ['full', 'finish', 'no5']],
    ['Straße, naïve, Ёлка, हिन्दी', ['straße', 'naïve', 'елка', 'हिन्दी']],
    ['twelve 12', ['twelve', '12']],
    ['  … — !  ', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('does not depend on how an accent is composed', () => {
    expect(wordsOf('cafe\u0301')).toEqual(wordsOf('caf\u00e9'));
  });
});

describe('what a command text holds', () => {
  it('is found as whole words in a row', () => {
    expect(holds('A dark-roast, please.', 'dark roast')).toBe(true);
    expect(holds('The dark and the roast', 'dark roast')).toBe(false);
    expect(holds('Iced coffees', 'iced coffee')).toBe(false);
  });

  it('is nothing when there are only marks', () => {
    expect(isEmpty(' … ')).toBe(true);
    expect(isEmpty('a')).toBe(false);
  });
});
