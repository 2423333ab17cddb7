// Whether the capital of a word was put there by the start of a sentence, or belongs to the word.

import { hasDictionary, spellingOf } from './dictionary.ts';
import { isFunctionWord } from './function-words.ts';

/** English words that are names more often than anything else where a dictated phrase begins with them. */
const RATHER_NAMES = new Set(
  'google python smith martin jack frank bob bobby jenny sally molly kitty josh jimmy march august china turkey english french german russian polish paris victor christian dean lance pierce robin randy stella clay brad chad carol dolly peg barry wally santa jane johnny sherry basil'.split(
    ' ',
  ),
);
/** English words that begin names of several words, such as "New York", where a capital follows. */
const STARTS_NAMES = new Set(
  'new north south east west northern southern eastern western great united saint san los las mount lake fort royal old little'.split(
    ' ',
  ),
);
/** First person singular, alone and with what clings to it. */
const FIRST_PERSON = /^I(?:['’](?:m|ve|ll|d|s))?$/u;

/** What is known about names besides the dictionaries. */
export interface Evidence {
  /** BCP 47, such as `en` or `ru`. */
  readonly language: string;
  /** Other text at hand; a word in the middle of its sentences shows how it is written. */
  readonly context: string;
}

/** Whether `word` keeps its capital inside a sentence: names, acronyms, "I", and in German whatever may be a noun. */
export function keepsCapital(word: string, { language, context }: Evidence): boolean {
  const base = language.split('-')[0]!;
  if (FIRST_PERSON.test(word) && base === 'en') return true;
  if (hasInnerCapital(word) || /\d/u.test(word)) return true;
  const small = word.toLowerCase();
  if (occursInside(small, context)) return false;
  if (occursInside(word, context)) return true;
  if (isFunctionWord(small, base)) return false;
  if (base === 'en' && RATHER_NAMES.has(small.replace(/['’]s$/u, ''))) return true;
  if (STARTS_NAMES.has(small) && occursBeforeCapital(word, context)) return true;
  return hasDictionary(base) ? spellingOf(word, base) !== 'small' : true;
}

/** Acronyms such as "API" and words such as "iPhone" or "McDonald". A single letter is none. */
function hasInnerCapital(word: string): boolean {
  return /^.+\p{Lu}/u.test(word);
}

function occursBeforeCapital(word: string, context: string): boolean {
  return new RegExp(String.raw`(?<!\p{L})${word} \p{Lu}\p{L}`, 'u').test(context);
}

/** Whether the word, written just so, stands behind a small letter or a comma: in the middle of a sentence. */
function occursInside(word: string, context: string): boolean {
  const escaped = word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
  return new RegExp(String.raw`[\p{Ll},] ${escaped}(?![\p{L}\d])`, 'u').test(context);
}
