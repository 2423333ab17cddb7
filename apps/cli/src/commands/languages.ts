// What `voiceinput languages` does: says which languages are spoken, and shows what they come to.

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, VoiceInputError } from '@voiceinput/plugin-api';
import { applyEdits, modify } from 'jsonc-parser';
import { userConfigurationFile } from '../settings/folders.ts';
import { recommendationOf, spokenIn } from '../settings/lanes.ts';
import { loadSettings } from '../settings/settle.ts';
import { asTyped } from '../show/command-name.ts';
import { laneLines } from '../show/lane-lines.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';

/** Takes every language away, so that the runner decides. */
const ANY = 'any';

/** Without `wanted` only shows. Rejects with `ERR_USAGE` for what is no language, `ERR_STORAGE` when the file cannot be written. */
export async function setLanguages(
  wanted: readonly string[],
  { json }: { readonly json: boolean },
  signal: AbortSignal,
): Promise<number> {
  if (wanted.length > 0) await writeLanguages(wanted.includes(ANY) ? [] : wanted.map(canonical));
  const loaded = await loadSettings({ hereToo: false }, signal);
  const languages = spokenIn(loaded);
  const recommendation = recommendationOf(loaded);
  const lines = recommendation === undefined ? [] : laneLines(recommendation);
  const spoken =
    languages.length === 0 ? 'No languages are set: the runner decides.' : `Languages: ${languages.join(', ')}`;
  print(json, { languages, ...recommendation }, [spoken, ...lines].map(asTyped).join('\n'));
  if (wanted.length > 0)
    createReporter({ json }).note('Restart a running daemon for this to take effect: voiceinput restart');
  return 0;
}

function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch (error) {
    throw new VoiceInputError('ERR_USAGE', `"${language}" is not a language.`, {
      hint: 'Give codes such as ru, en or pt-BR, or: any',
      cause: error,
    });
  }
}

/** Changes only that key of the user's own file; comments and the rest stay. */
async function writeLanguages(languages: readonly string[]): Promise<void> {
  const file = userConfigurationFile();
  try {
    await makeFolder(dirname(file));
    const before = existsSync(file) ? await readFile(file, 'utf8') : '{}\n';
    const formattingOptions = { insertSpaces: true, tabSize: 2 };
    const without = applyEdits(before, modify(before, ['language'], undefined, { formattingOptions }));
    const value = languages.length === 0 ? undefined : languages;
    await writeFile(file, applyEdits(without, modify(without, ['languages'], value, { formattingOptions })));
  } catch (error) {
    throw new VoiceInputError('ERR_STORAGE', `${file} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
