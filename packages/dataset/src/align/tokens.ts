// What is aligned: the spoken words of a text, each with the written word that it comes from.

import { spokenWords } from './spoken.ts';
import type { ReadingLanguage } from './spoken.ts';

/** Spoken words; `words[i]` is the index of the written word behind `sounds[i]`. */
export interface SpokenText {
  readonly sounds: readonly string[];
  readonly words: readonly number[];
}

/** Of written words, such as those of a book or of what was heard. */
export function spokenText(written: readonly string[], language: ReadingLanguage): SpokenText {
  const sounds: string[] = [];
  const words: number[] = [];
  for (const [index, word] of written.entries()) {
    for (const sound of spokenWords(word, language)) {
      sounds.push(sound);
      words.push(index);
    }
  }
  return { sounds, words };
}
