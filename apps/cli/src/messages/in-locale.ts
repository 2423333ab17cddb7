// Sentences that stand where they are said, in English, and are told in the language of the user's locale.

import { createTranslator, errorIn, sentenceIn } from '@voiceinput/client';
import type { OtherLanguage, Told, Translations } from '@voiceinput/client';
import { languageCodeFor } from './messages.ts';
import { help } from './ru/help.ts';
import { answers } from './ru/answers.ts';

const tables = { ru: { ...help, ...answers } } as const satisfies Record<OtherLanguage, Translations>;
const translators = { ru: createTranslator(tables.ru, ',') } as const;

/** `` inLocale`Deleted ${count} dictations.` ``: the tables know it as `Deleted {} dictations.`; `pnpm run rules` finds what they lack. */
export function inLocale(words: TemplateStringsArray, ...values: readonly (string | number | undefined)[]): string {
  const language = languageCodeFor();
  const inOrder = values.map(String);
  const translated = language === 'en' ? undefined : translators[language].fill(words.join('{}'), inOrder);
  return translated ?? String.raw({ raw: words }, ...inOrder);
}

/** A finished English sentence, or a word of a fixed choice, in the language of the locale; as it is where there is none of it. */
export function told(sentence: string): string {
  const language = languageCodeFor();
  if (language === 'en') return sentence;
  return translators[language].fill(sentence, []) ?? sentenceIn(language, sentence);
}

/** An error in the language of the locale. */
export function toldError<Report extends Told>(error: Report): Report {
  return errorIn(languageCodeFor(), error);
}
