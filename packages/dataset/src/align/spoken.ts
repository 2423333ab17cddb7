// How a written word is compared: as the words that are said for it.

import { toCardinal as inEnglish } from 'n2words/en-US';
import { toCardinal as inRussian } from 'n2words/ru-RU';

export type ReadingLanguage = 'en' | 'ru';

/** What readers say for an abbreviation; others are read as they stand. */
const ABBREVIATIONS: Readonly<Record<ReadingLanguage, Readonly<Record<string, string>>>> = {
  en: { mr: 'mister', mrs: 'missus', dr: 'doctor', st: 'saint', vs: 'versus', '&': 'and', '%': 'percent' },
  ru: { г: 'год', гг: 'годы', руб: 'рублей', стр: 'страница', др: 'другие', т: 'то', е: 'есть', '%': 'процентов' },
};
const MOST_DIGITS = 15;

/** The words that are said for a written one, without case and marks; none for a mark alone. */
export function spokenWords(written: string, language: ReadingLanguage): string[] {
  const plain = written
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    // Stress that some books mark, and apostrophes.
    .replace(/[\u0300\u0301'’ʼ]/g, '');
  const pieces = plain.match(/\p{L}+|\p{N}+|[%&]/gu) ?? [];
  return pieces.flatMap((piece) => {
    if (/^\d+$/.test(piece) && piece.length <= MOST_DIGITS) return inWords(Number(piece), language);
    return [ABBREVIATIONS[language][piece] ?? piece];
  });
}

function inWords(value: number, language: ReadingLanguage): string[] {
  const words = language === 'ru' ? inRussian(value) : inEnglish(value);
  // As it is said: тысяча, not одна тысяча.
  return words
    .replaceAll('ё', 'е')
    .replace(/^(?:одна|один) (?=тысяча|миллион|миллиард)/, '')
    .split(/[\s-]+/);
}
