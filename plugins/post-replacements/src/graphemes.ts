// What counts as one character, and when two of them are the same: whole graphemes, whatever their case or encoding.

/** Where every unit is a grapheme: much quicker, and most dictionaries and texts are like that. */
const PLAIN = /^[ -~\n]*$/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a user sees as single characters; a letter and its combining marks, or an emoji of many parts, is one. */
export function graphemesOf(text: string): string[] {
  if (PLAIN.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Equal for graphemes that differ only in case, in Unicode normal form or in the kind of apostrophe. */
export function folded(grapheme: string): string {
  if (/^[a-z0-9]$/u.test(grapheme)) return grapheme;
  if (isSpace(grapheme)) return ' ';
  if (isApostrophe(grapheme)) return "'";
  return grapheme.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

export const isSpace = (grapheme: string | undefined): boolean => grapheme !== undefined && /^\s+$/u.test(grapheme);
export const isApostrophe = (grapheme: string | undefined): boolean => grapheme === "'" || grapheme === '’';
export const isWordPart = (grapheme: string | undefined): boolean =>
  grapheme !== undefined && /[\p{L}\p{N}_]/u.test(grapheme);
