// In which language the tray speaks.

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

/**
 * The language of the user's messages, English where there is none of it. The first of these that is set counts: LC_ALL,
 * LC_MESSAGES, LANG (POSIX.1-2017, 8.2 Internationalization Variables).
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? '';
  const name = locale.split(/[_.@-]/)[0]!.toLowerCase();
  return isLanguage(name) ? name : 'en';
}
