// How text is cut so that it can be read in the time that it stands: two lines at most, none too long.

/** What subtitle style guides (BBC, Netflix) allow, in UTF-16 units. */
export const LINE_CHARACTERS = 42;

/** `text` in parts that each fit in two lines. Cut at ends of sentences where that fills a part well, else between words. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = wordsOf(text);
  while (rest.length > 0) {
    const count = sentenceEnd(rest.slice(0, fittingWords(rest)));
    parts.push(rest.slice(0, count).join(' '));
    rest = rest.slice(count);
  }
  return parts;
}

/** A part of `partsOf` with its line break, as near to the middle as both lines allow. */
export function inLines(part: string): string {
  if (part.length <= LINE_CHARACTERS) return part;
  const middle = part.length / 2;
  const [near] = [...part.matchAll(/ /g)]
    .map(({ index }) => index)
    .filter((index) => index <= LINE_CHARACTERS && part.length - index - 1 <= LINE_CHARACTERS)
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return near === undefined ? part : `${part.slice(0, near)}\n${part.slice(near + 1)}`;
}

/** Words, none longer than a line: scripts without spaces and very long words are cut between graphemes. */
function wordsOf(text: string): string[] {
  return text
    .split(/\s+/u)
    .flatMap((word) => (word === '' ? [] : word.length <= LINE_CHARACTERS ? [word] : cutUp(word)));
}

function cutUp(word: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word)) {
    if (piece !== '' && piece.length + segment.length > LINE_CHARACTERS) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** How many words fill two lines, at least one. */
function fittingWords(words: readonly string[]): number {
  let lines = 1;
  let used = -1;
  const tooMuch = words.findIndex((word) => {
    used += 1 + word.length;
    if (used <= LINE_CHARACTERS) return false;
    lines += 1;
    used = word.length;
    return lines > 2;
  });
  return tooMuch === -1 ? words.length : Math.max(1, tooMuch);
}

/** After how many of `words`, which fit, a sentence ends; all of them when none ends far enough on. */
function sentenceEnd(words: readonly string[]): number {
  const whole = words.join(' ');
  if (/[.!?…。！？]["'”’)]*$/u.test(whole)) return words.length;
  const end = words.findLastIndex((word) => /[.!?…。！？]["'”’)]*$/u.test(word)) + 1;
  return words.slice(0, end).join(' ').length >= LINE_CHARACTERS / 2 ? end : words.length;
}
