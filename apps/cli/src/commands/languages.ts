// What `voiceinput languages` does: says which languages are spoken, and shows what they come to.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { recommendationOf, spokenIn } from '../settings/lanes.ts';
import { loadSettings, readConfigurations } from '../settings/settle.ts';
import { languageNamed } from '../settings/spoken.ts';
import { userFileWith, writeUserFile } from '../settings/user-file.ts';
import { asTyped } from '../show/command-name.ts';
import { laneLines } from '../show/lane-lines.ts';
import { print } from '../show/table.ts';
import { inLocale } from '../messages/in-locale.ts';

/** Takes every language away, so that the runner decides. */
const ANY = 'any';

/** Without `wanted` only shows. Rejects with `ERR_USAGE` for what is no language, `ERR_STORAGE` when the file cannot be written. */
export async function setLanguages(
  wanted: readonly string[],
  { json }: { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  // What cannot be read is not written over.
  await readConfigurations({ includeWorkingDirectory: false }, signal);
  if (wanted.length > 0) await writeLanguages(wanted.includes(ANY) ? [] : wanted.map(languageCode));
  const loaded = await loadSettings({ includeWorkingDirectory: false }, signal);
  const languages = spokenIn(loaded);
  const recommendation = recommendationOf(loaded);
  const lines = recommendation === undefined ? [] : laneLines(recommendation);
  const spoken =
    languages.length === 0
      ? inLocale`No languages are set: the runner decides.`
      : inLocale`Languages: ${languages.join(', ')}`;
  print(json, { languages, ...recommendation }, [spoken, ...lines].map(asTyped).join('\n'));
  return 0;
}

/** Throws `ERR_USAGE` for what is no language. */
export function languageCode(language: string): string {
  const code = languageNamed(language);
  if (code !== undefined) return code;
  throw new VoiceInputError('ERR_USAGE', `"${language}" is not a language.`, {
    hint: 'Give codes such as ru, en or pt-BR, names such as Russian, or: any',
  });
}

/** Changes only that of the user's own file. */
async function writeLanguages(languages: readonly string[]): Promise<void> {
  const value = languages.length === 0 ? undefined : languages;
  await writeUserFile(
    await userFileWith([
      [['language'], undefined],
      [['languages'], value],
    ]),
  );
}
