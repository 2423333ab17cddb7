// Where a recording is cut into clips, and which text of the book belongs to each.

import { alignSounds } from './align.ts';
import type { HeardWord } from './heard-word.ts';
import { letterDistance } from './likeness.ts';
import type { ReadingLanguage } from './spoken.ts';
import { spokenText } from './tokens.ts';
import { holdsUnheardSpeech, isReadOtherwise, pausesBetween } from './trust.ts';

const SAMPLES_PER_MS = 16;

/** A clip and its text. It begins and ends in pauses, wherever in them. */
export interface AlignedPair {
  /** Indexes of book words: the first, and the one behind the last. */
  readonly bookFrom: number;
  readonly bookTo: number;
  readonly heard: string;
  /** The pause before the first word: the cut belongs into it. */
  readonly begins: Pause;
  readonly ends: Pause;
  /** 1: just what was heard. */
  readonly score: number;
}

/** In samples of the recording. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

export interface PairRules {
  readonly language: ReadingLanguage;
  /** 0…1: pairs whose text is less like what was heard are left out. */
  readonly leastScore: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** Of a pause where the book has a mark and both sides were heard as they are written. */
  readonly leastPauseMs: number;
  /** Of any other. */
  readonly surePauseMs: number;
}

export const USUAL_RULES = {
  leastScore: 0.85,
  leastMs: 3000,
  mostMs: 25_000,
  leastPauseMs: 200,
  surePauseMs: 500,
} as const;
/** Words one after the other that only one side has: what was skipped, added or read otherwise. */
const MOST_ALONE = 1;

/**
 * Pairs in the order of the recording, none overlapping. Each text is a stretch of the book, from a word that was heard
 * as it is written to another such word.
 */
export function pairsOf(
  heard: readonly HeardWord[],
  book: readonly string[],
  { language, ...rules }: PairRules,
): AlignedPair[] {
  const said = spokenText(
    heard.map(({ text }) => text),
    language,
  );
  const written = spokenText(book, language);
  const places = alignSounds(said.sounds, written.sounds);
  const course: Course = {
    heard,
    book,
    words: wordPlaces({ said, written, places, count: heard.length }),
    said,
    written,
  };
  return chosenPairs(course, rules);
}

interface Course {
  readonly heard: readonly HeardWord[];
  readonly book: readonly string[];
  readonly words: readonly WordPlace[];
  readonly said: ReturnType<typeof spokenText>;
  readonly written: ReturnType<typeof spokenText>;
}

/** What a heard word is in the book. */
interface WordPlace {
  /** Its book word, or the first and last of several; −1: none. */
  readonly first: number;
  readonly last: number;
  /** Whether all of it was heard as it is written. */
  readonly isSame: boolean;
}

function wordPlaces({
  said,
  written,
  places,
  count,
}: Pick<Course, 'said' | 'written'> & { readonly places: Int32Array; readonly count: number }): WordPlace[] {
  const words = Array.from({ length: count }, () => ({ first: -1, last: -1, isSame: true, sounds: 0 }));
  for (const [index, sound] of said.sounds.entries()) {
    const word = words[said.words[index]!]!;
    const place = places[index]!;
    word.sounds++;
    if (place < 0) {
      word.isSame = false;
      continue;
    }
    if (written.sounds[place] !== sound) word.isSame = false;
    if (word.first < 0) word.first = written.words[place]!;
    word.last = written.words[place]!;
  }
  return words.map(({ first, last, isSame, sounds }) => ({ first, last, isSame: isSame && sounds > 0 }));
}

function chosenPairs(course: Course, rules: Omit<PairRules, 'language'>): AlignedPair[] {
  const { heard, book, words } = course;
  if (heard.length === 0) return [];
  const pauseBefore = (index: number): Pause => ({
    from: index === 0 ? 0 : heard[index - 1]!.endSample,
    to: heard[index]?.startSample ?? heard[index - 1]!.endSample + 1000 * SAMPLES_PER_MS,
  });
  const isPause = (index: number): boolean => {
    const { from, to } = pauseBefore(index);
    const [left, right] = [words[index - 1], words[index]];
    if (left === undefined || right === undefined) return true;
    // What was not heard may be on either side.
    if (holdsUnheardSpeech(heard[index - 1]!) || holdsUnheardSpeech(heard[index]!)) return false;
    const isMarked = left.isSame && right.isSame && pausesBetween(book, left.last, right.first);
    return to - from >= (isMarked ? rules.leastPauseMs : rules.surePauseMs) * SAMPLES_PER_MS;
  };
  const cuts = Array.from({ length: heard.length + 1 }, (_, index) => index).filter(isPause);
  const pairs: AlignedPair[] = [];
  for (let at = 0; at < cuts.length - 1;) {
    const from = cuts[at]!;
    let next = at + 1;
    if (words[from]!.isSame) {
      const longest = lastWithin(cuts, at, (to) => heard[to - 1]!.endSample - heard[from]!.startSample, rules.mostMs);
      // The longest that fits; where something in it does not, a shorter one.
      for (let end = longest; end > at; end--) {
        const to = cuts[end]!;
        if (heard[to - 1]!.endSample - heard[from]!.startSample < rules.leastMs * SAMPLES_PER_MS) break;
        const pair = pairAt(course, { from, to, begins: pauseBefore(from), ends: pauseBefore(to) });
        if (pair === undefined || pair.score < rules.leastScore) continue;
        pairs.push(pair);
        next = end;
        break;
      }
    }
    at = next;
  }
  return pairs;
}

function lastWithin(cuts: readonly number[], at: number, samplesTo: (to: number) => number, mostMs: number): number {
  let last = at;
  while (last + 1 < cuts.length && samplesTo(cuts[last + 1]!) <= mostMs * SAMPLES_PER_MS) last++;
  return last;
}

interface Stretch extends Pick<AlignedPair, 'begins' | 'ends'> {
  /** Heard words: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/** Absent where the text would not be what was heard. */
function pairAt({ heard, words, said, written }: Course, { from, to, begins, ends }: Stretch): AlignedPair | undefined {
  const [first, last] = [words[from]!, words[to - 1]!];
  if (!first.isSame || !last.isSame || first.first < 0 || last.last < first.first) return undefined;
  const inside = words.slice(from, to);
  if (heard.slice(from, to).some(holdsUnheardSpeech)) return undefined;
  if (isReadOtherwise(inside.map(({ isSame }) => isSame))) return undefined;
  let [place, alone] = [first.first, 0];
  for (const word of inside) {
    if (word.first < 0) alone++;
    else {
      if (word.first - place > MOST_ALONE + 1) return undefined;
      [place, alone] = [word.last, 0];
    }
    if (alone > MOST_ALONE) return undefined;
  }
  // A word that begins in this clip and goes on in another, as a number may, belongs to neither.
  if (words[to]?.first === last.last || (from > 0 && words[from - 1]!.last === first.first)) return undefined;
  const [bookFrom, bookTo] = [first.first, last.last + 1];
  const one = soundsBetween(said, from, to);
  const other = soundsBetween(written, bookFrom, bookTo);
  const score = 1 - letterDistance(one, other) / Math.max(1, Math.min(one.length, other.length));
  const text = heard.slice(from, to).map((word) => word.text.trim());
  return { bookFrom, bookTo, heard: text.join(' '), begins, ends, score: Math.max(0, score) };
}

function soundsBetween({ sounds, words }: Course['said'], from: number, to: number): string {
  const begin = firstAt(words, from);
  return sounds.slice(begin, firstAt(words, to)).join(' ');
}

/** The first place whose word is `word` or behind it. */
function firstAt(words: readonly number[], word: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]! < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
