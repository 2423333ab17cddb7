// Where the words of a text were said, when the text is no more what a runner heard.

import type { TextChange, Word } from '@voiceinput/plugin-api';
import { UNSPACED, withSeparators } from '@voiceinput/plugin-api';
import { reconcile } from './reconcile.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

const wordSegmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The words of `text` with the times of those that were `heard` in their place. A word that stands where others were
 * heard has the time of all of them; one that was added has no length, where it was added.
 */
export function alignWords(text: string, heard: readonly Word[]): Word[] {
  if (heard.length === 0) return [];
  const pieces = withSeparators(heard.map((word) => word.text));
  const ends = endsOf(pieces);
  const changes = reconcile(pieces.join(''), text);
  return wordsIn(text).map(({ start, end }) => {
    const before = placeBefore({ start, end }, changes);
    const first = Math.min(indexAt(ends, before.start), heard.length - 1);
    const last = Math.max(first, before.end === before.start ? first : indexAt(ends, before.end - 1));
    const covered = heard.slice(first, last + 1);
    const isAdded = before.end === before.start;
    const { startSample } = covered[0]!;
    return {
      text: text.slice(start, end),
      startSample,
      endSample: isAdded ? startSample : covered.at(-1)!.endSample,
      confidence: Math.min(...covered.map(({ confidence }) => confidence)),
    };
  });
}

/** Words with the signs that are written to them; in scripts without spaces, what a dictionary takes for words. */
function wordsIn(text: string): Range[] {
  return Array.from(text.matchAll(/\S+/gu)).flatMap(({ 0: chunk, index }): Range[] => {
    if (!UNSPACED.test(chunk)) return [{ start: index, end: index + chunk.length }];
    const ranges: Range[] = [];
    for (const { segment, index: at, isWordLike } of wordSegmenter.segment(chunk)) {
      const [start, end] = [index + at, index + at + segment.length];
      const last = ranges.at(-1);
      if (isWordLike === true || last === undefined) ranges.push({ start, end });
      else ranges[ranges.length - 1] = { start: last.start, end };
    }
    return ranges;
  });
}

/** What a range of the new text was before the changes. */
function placeBefore({ start, end }: Range, changes: readonly TextChange[]): Range {
  let shift = 0;
  let [from, to]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const { start: at, remove, insert } of changes) {
    const [newStart, newEnd] = [at + shift, at + shift + insert.length];
    if (from === undefined && start < newEnd) from = start < newStart ? start - shift : at;
    if (to === undefined && end <= newEnd) to = end <= newStart ? end - shift : at + remove;
    shift += insert.length - remove;
  }
  return { start: from ?? start - shift, end: to ?? end - shift };
}

function endsOf(pieces: readonly string[]): number[] {
  let end = 0;
  return pieces.map((piece) => (end += piece.length));
}

/** The word that holds a place; its separator belongs to it. */
function indexAt(ends: readonly number[], at: number): number {
  const index = ends.findIndex((end) => at < end);
  return index === -1 ? ends.length - 1 : index;
}
