// The words of a book as they are written, each with its chapter.

import type { BookChapter } from './chapter.ts';

export interface BookText {
  /** Words with the marks that are written to them. */
  readonly words: readonly string[];
  /** By chapter, the index of its first word. */
  readonly starts: readonly number[];
  readonly titles: readonly string[];
}

/** All chapters one after the other. */
export function bookText(chapters: readonly BookChapter[]): BookText {
  const words: string[] = [];
  const starts: number[] = [];
  for (const { text } of chapters) {
    starts.push(words.length);
    // Soft hyphens are for printers, numbers in brackets for notes.
    const plain = text.replaceAll('\u00ad', '').replace(/\[\d+\]/g, '');
    for (const word of plain.split(/\s+/)) if (/[\p{L}\p{N}]/u.test(word)) words.push(word);
  }
  return { words, starts, titles: chapters.map(({ title }) => title) };
}

/** The chapter that a word stands in, counted from 1, with its title. */
export function chapterAt({ starts, titles }: BookText, word: number): string {
  const index = starts.findLastIndex((start) => start <= word);
  return `${index + 1}${titles[index] === '' ? '' : ` ${titles[index]}`}`;
}
