// Errors and findings as people read them: programs get the English, which stays as it is.

import { errorTable } from '@voiceinput/plugin-api';
import { audio } from './ru/audio.ts';
import { codes } from './ru/codes.ts';
import { daemon } from './ru/daemon.ts';
import { desktop } from './ru/desktop.ts';
import { files } from './ru/files.ts';
import { findings } from './ru/findings.ts';
import { models } from './ru/models.ts';
import { reasons } from './ru/reasons.ts';
import { settings } from './ru/settings.ts';
import { usage } from './ru/usage.ts';
import { createTranslator } from './translator.ts';
import type { Translations } from './translator.ts';

/** The languages that sentences are told in, besides English. */
export type OtherLanguage = 'ru';

/** What errors, findings and reasons are in a language. */
export const sentences: Readonly<Record<OtherLanguage, Translations>> = {
  ru: {
    ...findings,
    ...reasons,
    ...desktop,
    ...daemon,
    ...settings,
    ...models,
    ...audio,
    ...files,
    ...usage,
    ...ofCodes(),
  },
};

const translators = { ru: createTranslator(sentences.ru, ',') } as const;

/** What is told of an error; its code may be that of a newer version. */
export interface Told {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** An error in a language; in English where that is wanted. What nobody has words for says at least what its code means. */
export function errorIn<Report extends Told>(language: 'en' | OtherLanguage, report: Report): Report {
  if (language === 'en') return report;
  const { code, message, hint } = report;
  const { translate } = translators[language];
  const known = Object.hasOwn(codes, code) ? codes[code as keyof typeof codes] : undefined;
  const meaning = known === undefined ? message : `${known.summary} (${message})`;
  return { ...report, message: translate(message) ?? meaning, hint: translate(hint) ?? hint };
}

/** A sentence of an error, a finding or a reason in a language; as it is where there is none of it. */
export function sentenceIn(language: 'en' | OtherLanguage, sentence: string): string {
  return language === 'en' ? sentence : (translators[language].translate(sentence) ?? sentence);
}

/** The table's own sentences; half of a reason, as sinks get it, has no full stop. */
function ofCodes(): Translations {
  const pairs = Object.entries(codes).flatMap(([code, { summary, hint }]) => {
    const english = errorTable[code as keyof typeof codes];
    const reason = [english.summary.replace(/\.$/, ''), summary.replace(/\.$/, '')] as const;
    return [[english.summary, summary] as const, [english.hint, hint] as const, reason];
  });
  return Object.fromEntries(pairs);
}
