// Whether a word of English or Russian is written with a capital wherever it stands, by the Hunspell dictionaries.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stemsOf, suffixRules, type SuffixRules } from './suffixes.ts';

/** How a word is written inside a sentence; `unknown` when the dictionary does not have it. */
export type Spelling = 'small' | 'capital' | 'unknown';

interface Dictionary {
  /** The entries, such as `Москва/H`, by their first letters; one a line, with a line break before and behind each. */
  readonly entries: ReadonlyMap<string, string>;
  readonly rules: SuffixRules;
}

const require = createRequire(import.meta.url);
/** By language: a file in the folder of its dictionary. */
const PACKAGES: Readonly<Record<string, () => string>> = {
  en: () => require.resolve('dictionary-en'),
  ru: () => require.resolve('dictionary-ru'),
};
/** By so many letters the entries are found: some thousand small texts take a tenth of the memory of a map of words. */
const INDEXED_LETTERS = 3;
/** What English puts before a word without changing what kind of word it is. */
const PREFIX = /^(?:un|re|in|de|dis|non|pre|over|out|under|mis)(?=[a-z]{3})/u;
const loaded = new Map<string, Dictionary>();

/** Whether there is a dictionary for `language`. */
export function hasDictionary(language: string): boolean {
  return Object.hasOwn(PACKAGES, language);
}

/** How `word` is written inside a sentence. Reads the dictionary of `language`, which must be there, at the first call. */
export function spellingOf(word: string, language: string): Spelling {
  const dictionary = dictionaryOf(language);
  const small = word.toLowerCase().replaceAll('’', "'");
  const asCapital = match(small.charAt(0).toUpperCase() + small.slice(1), dictionary);
  const asSmall = match(small, dictionary) ?? match(small.replace(PREFIX, ''), dictionary);
  // The Russian dictionary has bare stems of names, such as "иван", as parts of compounds: nothing derives from them.
  if (asSmall === 'bare') return asCapital === 'derived' ? 'capital' : 'small';
  if (asSmall === 'derived') return 'small';
  return asCapital === undefined ? 'unknown' : 'capital';
}

/** Whether the word is an entry or a form of one; `bare` when that entry has no forms. */
function match(word: string, { entries, rules }: Dictionary): 'derived' | 'bare' | undefined {
  const own = flagsOf(word, entries);
  if (own !== undefined && own !== '') return 'derived';
  const derived = stemsOf(word, rules).some(({ stem, flag }) => flagsOf(stem, entries)?.includes(flag) === true);
  if (derived) return 'derived';
  return own === undefined ? undefined : 'bare';
}

/** The flags of the entry that is just `word`; absent when there is none. */
function flagsOf(word: string, entries: Dictionary['entries']): string | undefined {
  const near = entries.get(word.slice(0, INDEXED_LETTERS)) ?? '';
  if (near.includes(`\n${word}\n`)) return '';
  const start = `\n${word}/`;
  const at = near.indexOf(start);
  return at === -1 ? undefined : near.slice(at + start.length).split('\n', 1)[0]!;
}

function dictionaryOf(language: string): Dictionary {
  const known = loaded.get(language);
  if (known !== undefined) return known;
  const folder = dirname(PACKAGES[language]!());
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const dictionary = { entries: indexed(read('index.dic')), rules: suffixRules(read('index.aff')) };
  loaded.set(language, dictionary);
  return dictionary;
}

function indexed(dic: string): Dictionary['entries'] {
  const lines = new Map<string, string[]>();
  for (const line of dic.split('\n')) {
    const start = line.split('/', 1)[0]!.slice(0, INDEXED_LETTERS);
    const same = lines.get(start);
    if (same === undefined) lines.set(start, [line]);
    else same.push(line);
  }
  return new Map([...lines].map(([start, same]) => [start, `\n${same.join('\n')}\n`]));
}
