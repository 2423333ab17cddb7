import { describe, expect, test } from 'vitest';
import { languageCodeFor, languages, sentencesFor } from '../../src/messages/messages.ts';
import type { Sentences } from '../../src/messages/messages.ts';

const { en, ...others } = languages;

describe('the sentences', () => {
  test.each(Object.entries(others) as [string, Sentences][])(
    'in %s are all there, with the same values',
    (_, messages) => {
      expect(Object.keys(messages)).toEqual(Object.keys(en));
      for (const [key, sentence] of Object.entries(messages)) {
        const say = (words: unknown): string =>
          typeof words === 'string' ? words : (words as (...values: unknown[]) => string)('VALUE', 7);
        const english = say(en[key as keyof Sentences]);
        expect(typeof sentence, key).toBe(typeof en[key as keyof Sentences]);
        expect(say(sentence).trim(), key).not.toBe('');
        for (const value of ['VALUE', '7']) expect(say(sentence).includes(value), key).toBe(english.includes(value));
        // What is typed is the same everywhere.
        expect(say(sentence).match(/voiceinput \w+/g), key).toEqual(english.match(/voiceinput \w+/g));
      }
    },
  );

  test('are those of the locale, else English', () => {
    expect(sentencesFor({ LANG: 'ru_RU.UTF-8' })).toBe(languages.ru);
    expect(sentencesFor({ LANG: 'ru_RU.UTF-8', LC_ALL: 'C.UTF-8' })).toBe(languages.en);
    expect(languageCodeFor({ LC_MESSAGES: 'de_DE' })).toBe('en');
  });
});
