// When each word of a segment is said.

import type { SegmentResult, Word } from '@voiceinput/plugin-api';
import { UNSPACED } from '@voiceinput/plugin-api';

type TimedWord = Pick<Word, 'text' | 'startSample' | 'endSample'>;

/** Whether the runner told the words of a segment. */
export const hasEveryWord = ({ text, words = [] }: SegmentResult): boolean => text === '' || words.length > 0;

/** In order. Where the runner does not tell them, the segment's time is shared among its words by their lengths. */
export function wordsOf({ text, words = [], startSample, endSample }: SegmentResult): readonly TimedWord[] {
  if (words.length > 0) return words;
  const pieces = piecesOf(text);
  const characters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const sampleAt = (position: number): number => startSample + ((endSample - startSample) * position) / characters;
  let done = 0;
  return pieces.map((piece) => {
    const from = done;
    done += piece.length;
    return { text: piece, startSample: sampleAt(from), endSample: sampleAt(done) };
  });
}

/** Words with the marks that are written to them. */
function piecesOf(text: string): string[] {
  return (text.match(/\S+/gu) ?? []).flatMap((chunk) => {
    if (!UNSPACED.test(chunk)) return [chunk];
    const pieces: string[] = [];
    for (const { segment, isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(chunk)) {
      const last = pieces.length - 1;
      if (isWordLike === true || last < 0) pieces.push(segment);
      else pieces[last] += segment;
    }
    return pieces;
  });
}
