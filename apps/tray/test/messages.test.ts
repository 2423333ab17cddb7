import { describe, expect, test } from 'vitest';
import { isLanguage, languageOf, languages } from '../src/messages/messages.ts';
import type { Messages } from '../src/messages/messages.ts';

const { en, ...others } = languages;

describe('the languages', () => {
  test.each(Object.entries(others) as [string, Messages][])('%s says everything that English says', (_, messages) => {
    expect(Object.keys(messages)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(messages)) {
      const english = en[key as keyof Messages];
      const say = (words: unknown): string => {
        const saying = words as string | ((...values: string[]) => string);
        return typeof saying === 'string' ? saying : saying('VALUE', 'OTHER');
      };
      expect(typeof text, key).toBe(typeof english);
      expect(say(text).trim(), key).not.toBe('');
      // The same values are named.
      for (const value of ['VALUE', 'OTHER']) expect(say(text).includes(value), key).toBe(say(english).includes(value));
    }
  });

  test('the one of the environment is used, English where there is none of it', () => {
    expect(languageOf({})).toBe('en');
    expect(languageOf({ LANG: 'ru_RU.UTF-8' })).toBe('ru');
    expect(languageOf({ LANG: 'ru_RU.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' })).toBe('en');
    expect(languageOf({ LANG: 'en_US', LC_ALL: 'ru' })).toBe('ru');
    expect(languageOf({ LC_ALL: '', LANG: 'ru_UA' })).toBe('ru');
    expect(languageOf({ LANG: 'C.UTF-8' })).toBe('en');
    expect(languageOf({ LANG: 'de_DE.UTF-8' })).toBe('en');
    expect(isLanguage('toString')).toBe(false);
  });
});
