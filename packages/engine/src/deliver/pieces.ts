// How the texts of a session's segments stand beside each other and in their place: each fitted to what is before it,
// with the space that belongs between two of them.

import type { Surroundings } from '@voiceinput/plugin-api';
import { separatorBetween } from '@voiceinput/plugin-api';
import type { FitPlace } from '@voiceinput/text';

/** Makes a recognised text fit its place; gives it without spaces around. */
export type Fit = (text: string, place: FitPlace) => string;

/** Every text as it was recognised. */
export const asRecognised: Fit = (text) => text;

/**
 * Each text with the spaces that it owns. They are its leading ones, unless a word stands behind the place: then a space
 * follows each text, so that no text that stands changes when another one is put behind it. Empty texts stay empty.
 */
export function spaced(texts: readonly string[], { before = '', after = '' }: Surroundings = {}): string[] {
  const trails = separatorBetween('a', after) !== '';
  let standing = before;
  return texts.map((text, index) => {
    if (text === '') return '';
    const leading = separatorBetween(standing, text);
    const next = texts.slice(index + 1).find((later) => later !== '') ?? after;
    const piece = leading + text + (trails ? separatorBetween(standing + text, next) : '');
    standing += piece;
    return piece;
  });
}

/** Texts that were spoken one after the other, as one. */
export function joined(texts: readonly string[], fit: Fit = asRecognised): string {
  let words: string[] = [];
  for (const text of texts) {
    const before = spaced(words).join('');
    words = [...words, fit(text, { ...(before !== '' && { before }), continued: true })];
  }
  return spaced(words).join('');
}
