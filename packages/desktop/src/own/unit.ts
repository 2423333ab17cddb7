// How fields count their text.

export interface Unit {
  /** How long `text` is. */
  length(text: string): number;
  /** The UTF-16 index of what stands `units` units into `text`; its end at most. */
  index(text: string, units: number): number;
}

/** As Qt, Windows and macOS count. */
export const utf16: Unit = {
  length: (text) => text.length,
  index: (text, units) => Math.min(units, text.length),
};

/** As GTK counts. */
export const codePoints: Unit = {
  length: (text) => Array.from(text).length,
  index: (text, units) => Array.from(text).slice(0, units).join('').length,
};

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** As a caret moves: user-perceived characters, UAX #29. */
export const graphemes: Unit = {
  length: (text) => graphemesOf(text).length,
  index: (text, units) => graphemesOf(text).slice(0, units).join('').length,
};
