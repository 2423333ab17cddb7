// How fields count their text.

export interface Unit {
  /** How long `text` is. */
  length(text: string): number;
  /** The UTF-16 index of what stands `units` units into `text`; its end at most. */
  index(text: string, units: number): number;
  /** Its smallest parts that are never cut, in order. */
  split(text: string): readonly string[];
}

/** As Qt, Windows and macOS count. */
export const utf16: Unit = {
  length: (text) => text.length,
  index: (text, units) => Math.min(units, text.length),
  split: (text) => Array.from(text),
};

/** As GTK counts. */
export const codePoints: Unit = {
  length: (text) => Array.from(text).length,
  index: (text, units) => Array.from(text).slice(0, units).join('').length,
  split: (text) => Array.from(text),
};

/** As Wayland's input methods count: bytes of UTF-8. A place inside a character counts as the one before it. */
export const bytes: Unit = {
  length: (text) => new TextEncoder().encode(text).length,
  index(text, units) {
    let [at, rest] = [0, units];
    for (const character of text) {
      rest -= new TextEncoder().encode(character).length;
      if (rest < 0) break;
      at += character.length;
    }
    return at;
  },
  split: (text) => Array.from(text),
};

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Each of them is one character, whatever stands beside it. */
const PLAIN = /^[ -~]*$/;

function graphemesOf(text: string): string[] {
  return PLAIN.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** As a caret moves: user-perceived characters, UAX #29. */
export const graphemes: Unit = {
  length: (text) => graphemesOf(text).length,
  index: (text, units) => graphemesOf(text).slice(0, units).join('').length,
  split: graphemesOf,
};
