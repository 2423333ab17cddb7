// Whether a text begins with a capital, by where in its sentence it stands.

import { keepsCapital, type Evidence } from '../words/spelling.ts';
import type { Position } from './position.ts';

/** Marks that may stand before the first word, and that word. */
const FIRST_WORD = /^(?<marks>[^\p{L}\d]*)(?<word>[\p{L}\d][\p{L}\d'’-]*)/u;
/** An abbreviation that goes on with a small letter, such as "E.g." or "Т. е.", begins small, too. */
const SMALL_ABBREVIATION = /^(?!I\b)\p{Lu}\.\s?\p{Ll}/u;
/** A single letter that is always written large: "U.S.", "J. Smith", "A/B". */
const INITIAL = /^\p{Lu}(?:\.\s?\p{Lu}|[/&]\p{Lu})/u;
/** In English, and in Russian between its words: "C++", "plan B", "T-shirt", but "a plan", "e-mail". French has "y" and "a-t-il". */
const SINGLE_LETTER = /^(?:[B-Z](?![\p{L}\d'’-])|[A-DF-Z]-\p{Ll})/u;
const WITH_SINGLE_LETTERS = /^(?:en|ru)(?:-|$)/;

export interface FitEvidence extends Evidence {
  /** Words of the user's own, which keep the capitals that they have there. */
  readonly ownWords?: readonly string[];
}

/** The text with its first letter as the position wants it. Names and acronyms keep theirs. */
export function withCapitalFor(position: Position, text: string, { ownWords = [], ...evidence }: FitEvidence): string {
  const { marks, word } = FIRST_WORD.exec(text)?.groups ?? {};
  if (position === 'either' || marks === undefined || word === undefined) return text;
  // An ellipsis or a dash goes on with what was said before.
  if (position === 'start') return /[…—–-]|\.\./u.test(marks) ? text : withFirst(text, marks.length, raised(word));
  const bare = text.slice(marks.length);
  if (isLargeLetter(bare, evidence) || marks.endsWith('°') || startsWithOne(bare, ownWords)) return text;
  const [first, ...rest] = word.split(/(?=-)/u);
  if (!SMALL_ABBREVIATION.test(bare) && keepsCapital(first!, evidence)) return text;
  return withFirst(text, marks.length, lowered(first!) + rest.join(''));
}

function isLargeLetter(text: string, { language }: Evidence): boolean {
  if (SMALL_ABBREVIATION.test(text)) return false;
  return INITIAL.test(text) || (WITH_SINGLE_LETTERS.test(language) && SINGLE_LETTER.test(text));
}

function raised(word: string): string {
  // "iPhone" begins small by itself.
  return /^\p{Ll}+\p{Lu}/u.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);
}

function lowered(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function withFirst(text: string, at: number, word: string): string {
  return text.slice(0, at) + word + text.slice(at + word.length);
}

function startsWithOne(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.startsWith(word) && !/^[\p{L}\d]/u.test(text.slice(word.length)));
}
