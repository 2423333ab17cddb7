// The words of a dictation, each with the time at which it was said.

import { printable, samplesToMs, type SegmentResult } from '@voiceinput/plugin-api';
import { LINE_CHARACTERS } from './readable.ts';

export interface SpokenWord {
  /** No longer than a line. */
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Whether nothing was heard of its segment after it. */
  readonly endsSegment: boolean;
}

/** Words have their own times where those are known; else the time of their segment is shared by the number of characters. */
export function spokenWords(segments: readonly SegmentResult[]): SpokenWord[] {
  return segments.flatMap((segment) => {
    const words = wordsOf(printable(segment.text));
    const placeOf = placesIn(segment, charactersOf(words.join('')));
    let done = 0;
    return words.map((text, index) => {
      const from = done;
      done += charactersOf(text);
      const { startSample, endSample } = placeOf(from, done);
      return {
        text,
        startMs: samplesToMs(startSample),
        endMs: samplesToMs(endSample),
        endsSegment: index === words.length - 1,
      };
    });
  });
}

type PlaceOf = (from: number, to: number) => Pick<SegmentResult, 'startSample' | 'endSample'>;

/** Where characters from one to before another were said; spaces do not count. */
function placesIn({ startSample, endSample, words = [] }: SegmentResult, characters: number): PlaceOf {
  const samplesPerCharacter = (endSample - startSample) / characters;
  const byLength: PlaceOf = (from, to) => ({
    startSample: startSample + from * samplesPerCharacter,
    endSample: startSample + to * samplesPerCharacter,
  });
  const spoken = words.flatMap((word) => Array.from({ length: charactersOf(word.text) }, () => word));
  if (spoken.length !== characters) return byLength;
  return (from, to) => ({ startSample: spoken[from]!.startSample, endSample: spoken[to - 1]!.endSample });
}

/** Scripts without spaces and very long words are cut between graphemes. */
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

const charactersOf = (text: string): number => text.replace(/\s/gu, '').length;
