// Whether the capital of a word was put there by the start of a sentence, or belongs to the word.

import { hasDictionary, spellingOf } from './dictionary.ts';
import { isFunctionWord } from './function-words.ts';
import { isRatherName, startsNames } from './names.ts';

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
  if (isRatherName(small, base)) return true;
  if (startsNames(small) && occursBeforeCapital(word, context)) return true;
  return hasDictionary(base) ? spellingOf(word, base) !== 'small' : true;
}

/** Acronyms such as "API" and words such as "iPhone" or "McDonald". A single letter is none. */
function hasInnerCapital(word: string): boolean {
  return /^.+\p{Lu}/u.test(word);
}

function occursBeforeCapital(word: string, context: string): boolean {
  return new RegExp(String.raw`(?<!\p{L})${word}\.? \p{Lu}\p{L}`, 'u').test(context);
}

/** Whether the word, written just so, stands behind a small letter or a comma: in the middle of a sentence. */
function occursInside(word: string, context: string): boolean {
  const escaped = word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
  return new RegExp(String.raw`[\p{Ll},] ${escaped}(?![\p{L}\d])`, 'u').test(context);
}
