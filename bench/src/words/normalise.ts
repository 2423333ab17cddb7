// When two spellings count as the same word.

const APOSTROPHES = /['’‘ʼ＇`´]/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{M}\p{N}]+/gu;

/** The words of a text: NFKC, lower case, apostrophes removed, ё as е, other punctuation a space; numbers stay as they are written. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(APOSTROPHES, '')
    .replace(NEITHER_LETTER_NOR_DIGIT, ' ');
  return plain.split(' ').filter((word) => word !== '');
}
