// The language that the settings choose for messages, which may not be that of the locale.

import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { userConfigurationFile } from '../settings/folders.ts';

/**
 * From now on messages are in the language that the user's file names, in this process and in those that it starts. Where
 * there is no such file, or it cannot be read, that of the locale is left: who reads the settings says what is wrong.
 */
export function chooseLanguage(): void {
  if ((process.env['VOICEINPUT_LANGUAGE'] ?? '') !== '') return;
  let settings: unknown;
  try {
    settings = parse(readFileSync(userConfigurationFile(), 'utf8'));
  } catch {
    return;
  }
  const wanted = (settings as { interfaceLanguage?: unknown } | undefined)?.interfaceLanguage;
  if (typeof wanted === 'string') process.env['VOICEINPUT_LANGUAGE'] = wanted;
}
