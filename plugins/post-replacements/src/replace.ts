// What a text becomes: each entry found is replaced once, and fits into its place.

import { beginsWord } from './boundary.ts';
import type { Dictionary, Match } from './dictionary.ts';
import { graphemesOf, isSpace, isWordPart } from './graphemes.ts';

const SENTENCE_END = /[.!?…。！？।\n\u2029]/u;
const COMMA = /^[,،、，]$/u;
const COMMA_OR_STOP = /^[,.،、，。]$/u;
const CLOSING = /^[\p{Po}\p{Pe}\p{Pf}]/u;

/** The text with the user's words. What is put in is not looked at again. */
export function replaceIn(text: string, dictionary: Dictionary, language?: string): string {
  const graphemes = graphemesOf(text);
  let result = '';
  let at = 0;
  let capitalNext = false;

  while (at < graphemes.length) {
    const match = beginsWord(graphemes, at) ? dictionary.find(graphemes, at) : undefined;
    if (!match) {
      const grapheme = graphemes[at] ?? '';
      result += capitalNext ? upper(grapheme, language) : grapheme;
      if (isWordPart(grapheme)) capitalNext = false;
      at += 1;
      continue;
    }
    const atCapital: boolean = capitalNext || isCapitalPlace(graphemes, at);
    const { replacement } = match;
    capitalNext = atCapital && replacement.trim() === '';
    if (/^\s/u.test(replacement)) result = result.trimEnd();
    result += atCapital ? withCapital(replacement, language) : replacement;
    at = behind(graphemes, match);
    if (replacement === '' && (at >= graphemes.length || CLOSING.test(graphemes[at] ?? ''))) result = result.trimEnd();
  }
  return result;
}

/** Where the text goes on: what stands for nothing or for a line break takes its comma and the space behind it along. */
function behind(graphemes: readonly string[], { end, replacement }: Match): number {
  let at = end;
  const follower = graphemes[at] ?? '';
  if (replacement === '' && COMMA.test(follower)) at += 1;
  if (replacement !== '' && replacement.trim() === '' && COMMA_OR_STOP.test(follower)) at += 1;
  if (replacement === '' || /\s$/u.test(replacement)) while (isSpace(graphemes[at])) at += 1;
  return at;
}

/** Whether a sentence begins here and was heard with a capital. */
function isCapitalPlace(graphemes: readonly string[], start: number): boolean {
  if (!/^\p{Lu}/u.test(graphemes[start] ?? '')) return false;
  for (let at = start - 1; at >= 0; at -= 1) {
    const grapheme = graphemes[at] ?? '';
    if (SENTENCE_END.test(grapheme)) return true;
    if (!/^[\s\p{P}]/u.test(grapheme) || COMMA.test(grapheme)) return false;
  }
  return true;
}

/** Lower-case words follow the place; words with capitals of their own stay as they were written. */
function withCapital(replacement: string, language?: string): string {
  if (replacement !== replacement.toLowerCase()) return replacement;
  const [first = '', ...rest] = graphemesOf(replacement);
  return upper(first, language) + rest.join('');
}

/** Turkish and Azeri have an İ. */
const upper = (grapheme: string, language = ''): string =>
  /^(tr|az)\b/iu.test(language) ? grapheme.toLocaleUpperCase('tr') : grapheme.toUpperCase();
