// How the dictations are saved as a file: texts to read, or all that is known of them.

import { ask } from './ask.ts';
import { make } from './dom.ts';
import type { DictationLine } from './shapes.ts';
import { say } from './status.ts';
import { language, words } from './words.ts';

const forms = {
  text: { name: 'voiceinput.txt', type: 'text/plain', written: textOf },
  json: { name: 'voiceinput.json', type: 'application/json', written: jsonOf },
} as const;

/** All of them, newest first, whatever is searched for. */
export async function savedAs(form: keyof typeof forms): Promise<void> {
  const dictations = await allDictations();
  const { name, type, written } = forms[form];
  const address = URL.createObjectURL(new Blob([written(dictations)], { type }));
  make('a', { href: address, download: name }).click();
  URL.revokeObjectURL(address);
  say(words.exported(dictations.length));
}

async function allDictations(): Promise<readonly DictationLine[]> {
  const all: DictationLine[] = [];
  for (;;) {
    const before = all.at(-1)?.id;
    const query = new URLSearchParams(before === undefined ? {} : { before });
    const { dictations } = await ask<{ dictations: readonly DictationLine[] }>(`/history?${query}`);
    if (dictations.length === 0) return all;
    all.push(...dictations);
  }
}

function textOf(dictations: readonly DictationLine[]): string {
  const texts = dictations.flatMap(({ startedAt, draft, text, correction }) => {
    const best = correction ?? text ?? draft ?? '';
    return best === '' ? [] : [`${new Date(startedAt).toLocaleString(language)}\n${best}\n`];
  });
  return texts.join('\n');
}

function jsonOf(dictations: readonly DictationLine[]): string {
  return `${JSON.stringify(dictations, null, 2)}\n`;
}
