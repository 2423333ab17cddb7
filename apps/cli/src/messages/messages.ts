// In which language people are led.

import { languageOfMessages } from '@voiceinput/client';
import { en } from './en.ts';
import type { Sentences } from './en.ts';
import { ru } from './ru.ts';

export type { Sentences } from './en.ts';

/** By ISO 639-1 code. */
export const languages = { en, ru } as const satisfies Readonly<Record<string, Sentences>>;

/** The sentences in the language of the user's locale, in English where there are none. */
export function sentencesFor(environment: Readonly<Record<string, string | undefined>> = process.env): Sentences {
  return languages[languageCodeFor(environment)];
}

/** Its code. */
export function languageCodeFor(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): keyof typeof languages {
  return languageOfMessages(environment, Object.keys(languages) as (keyof typeof languages)[]) ?? 'en';
}
