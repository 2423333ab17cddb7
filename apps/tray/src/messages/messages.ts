// In which language the tray speaks.

import { languageOfMessages } from '@voiceinput/client';
import { en } from './en.ts';
import type { Messages } from './en.ts';
import { ru } from './ru.ts';

export type { Messages } from './en.ts';

/** By ISO 639-1 code. */
export const languages = { en, ru } as const satisfies Readonly<Record<string, Messages>>;

export type Language = keyof typeof languages;

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(languages, name);
}

/** The language of the user's messages, English where there is none of it. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  return languageOfMessages(environment, Object.keys(languages) as Language[]) ?? 'en';
}
