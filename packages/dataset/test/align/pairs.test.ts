import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letterDistance, pairsOf, spokenWords, USUAL_RULES } from '@voiceinput/dataset';
import type { AlignedPair, HeardWord } from '@voiceinput/dataset';

const MS = 16;
/** Each is a whole reading, of some seconds’ work for a hundred. */
const runs = { numRuns: Math.ceil(Number(process.env['VOICEINPUT_PROPERTY_RUNS'] ?? 500) / 10) };
const rules = { ...USUAL_RULES, language: 'en' } as const;
const VOCABULARY = Array.from(
  { length: 400 },
  (_, index) =>
    `${'bcdfglmnprst'[index % 12]}${'aeiou'[index % 5]}${'lmnrst'[index % 6]}${'aeiou'[(index >> 3) % 5]}${index.toString(26).replace(/\d/g, (digit) => 'zxwvkqjhyp'[Number(digit)]!)}`,
);

interface Spoken extends HeardWord {
  /** The book word that is said; −1: something else. */
  readonly truth: number;
}

/** What a reader says, from book places and other words; a pause behind every few words. */
function read(said: readonly { readonly text: string; readonly truth: number }[]): Spoken[] {
  let sample = 800 * MS;
  return said.map(({ text, truth }, index) => {
    const startSample = sample;
    const endSample = startSample + (180 + 20 * (text.length % 7)) * MS;
    sample = endSample + (index % 6 === 5 ? 500 : 40) * MS;
    return { text, truth, startSample, endSample };
  });
}

const bookOf = (length: number, seed: number): string[] =>
  Array.from(
    { length },
    (_, index) => VOCABULARY[(index * 7919 + seed * 104_729 + ((index * index) % 131)) % VOCABULARY.length]!,
  );

const wordsIn = (heard: readonly Spoken[], { begins, ends }: AlignedPair): Spoken[] =>
  heard.filter(({ startSample, endSample }) => startSample >= begins.to && endSample <= ends.from);

const reading = fc.record({
  length: fc.integer({ min: 60, max: 160 }),
  seed: fc.integer({ min: 0, max: 1000 }),
  skip: fc.record({ from: fc.integer({ min: 0, max: 120 }), count: fc.integer({ min: 0, max: 40 }) }),
  again: fc.record({ from: fc.integer({ min: 0, max: 120 }), count: fc.integer({ min: 0, max: 30 }) }),
  front: fc.integer({ min: 0, max: 40 }),
  wrongEvery: fc.integer({ min: 3, max: 40 }),
});

/** A reading of a book with a passage skipped, one repeated, a preface that is no part of it, and words heard wrong. */
function readingOf({
  length,
  seed,
  skip,
  again,
  front,
  wrongEvery,
}: typeof reading extends fc.Arbitrary<infer T> ? T : never) {
  const book = bookOf(length, seed);
  const places = book.map((_, index) => index).filter((index) => index < skip.from || index >= skip.from + skip.count);
  places.splice(again.from + again.count, 0, ...places.slice(again.from, again.from + again.count));
  const preface = Array.from({ length: front }, (_, index) => ({ text: `preface${index}`, truth: -1 }));
  const said = places.map((truth, index) => ({
    text: index % wrongEvery === 2 ? `x${book[truth]!.slice(1)}` : book[truth]!,
    truth,
  }));
  return { book, heard: read([...preface, ...said]) };
}

describe('pairs of what was read', () => {
  test('have a text that is what was heard, begin and end in pauses with just the words that were said there', () => {
    fc.assert(
      fc.property(reading, (given) => {
        const { book, heard } = readingOf(given);
        let before = 0;
        for (const pair of pairsOf(heard, book, rules)) {
          const { begins, ends, bookFrom, bookTo } = pair;
          const text = book.slice(bookFrom, bookTo).join(' ');
          const inside = wordsIn(heard, pair).map((word) => word.text);
          expect(pair.heard).toBe(inside.join(' '));
          const shorter = Math.min(text.length, pair.heard.length);
          expect(letterDistance(text, pair.heard)).toBeLessThanOrEqual((1 - rules.leastScore) * shorter + 1e-6);
          expect([inside[0], inside.at(-1)]).toEqual([book[bookFrom], book[bookTo - 1]]);

          for (const { from, to } of [begins, ends])
            expect(heard.some(({ startSample, endSample }) => startSample < to && endSample > from)).toBe(false);
          expect(ends.from - begins.to).toBeGreaterThanOrEqual(rules.leastMs * MS);
          expect(ends.from - begins.to).toBeLessThanOrEqual(rules.mostMs * MS);
          expect(begins.to).toBeGreaterThanOrEqual(before);
          before = ends.from;
        }
      }),
      runs,
    );
  });

  test('hold nearly all of a clean reading, whatever stands before it in the book', () => {
    const book = bookOf(900, 3);
    const heard = read(book.slice(200).map((text, index) => ({ text, truth: index + 200 })));
    const pairs = pairsOf(heard, book, rules);
    const covered = pairs.reduce((sum, { bookFrom, bookTo }) => sum + bookTo - bookFrom, 0);
    expect(covered).toBeGreaterThan(0.97 * 700);
    for (const pair of pairs) expect(wordsIn(heard, pair)[0]!.truth).toBe(pair.bookFrom);
  });

  test('leave out what another text was read for', () => {
    const [book, other] = [bookOf(300, 1), bookOf(40, 77).map((word) => `${word}q`)];
    const said = [...book.slice(0, 120), ...other, ...book.slice(160)].map((text) => ({ text, truth: -1 }));
    const heard = read(said);
    for (const { bookFrom, bookTo } of pairsOf(heard, book, rules)) expect(bookTo <= 121 || bookFrom >= 159).toBe(true);
  });

  /** A sentence with marks; pauses of so many ms stand behind the words at these places. */
  function paced(text: string, pauses: Readonly<Record<number, number>>) {
    let sample = 0;
    return text.split(' ').map((word, index) => {
      const startSample = sample + (pauses[index - 1] ?? 0) * MS;
      const endSample = (sample = startSample + 300 * MS);
      return { text: word, startSample, endSample };
    });
  }
  const sentence = 'When she came down the hill, and into the wood behind it, there was nobody to be seen at all.';
  const texts = (heard: readonly HeardWord[], mostMs: number = rules.mostMs): string[] =>
    pairsOf(heard, sentence.split(' '), { ...rules, mostMs }).map(({ bookFrom, bookTo }) =>
      sentence.split(' ').slice(bookFrom, bookTo).join(' '),
    );

  test('are cut in short pauses only where the book has a mark: a model puts short words on their wrong side', () => {
    const half = sentence.slice(0, sentence.indexOf(' there'));
    expect(texts(paced(sentence, { 11: 250 }), 5000)).toEqual([half]);
    expect(texts(paced(sentence, { 12: 250 }), 5000)).toEqual([]);
    expect(texts(paced(sentence, { 12: 600 }), 5000)).toEqual([`${half} there`]);
    const misheard = paced(sentence.replace('it, there', 'it, where'), { 11: 250 });
    expect(texts(misheard, 5000)).toEqual([]);
  });

  test('hold no speech that was not heard, and nothing that was read otherwise', () => {
    const heard = paced(sentence, {});
    expect(texts(heard)).toEqual([sentence]);
    // A word that lasts for seconds, since a sentence before it was left out; the rest begins behind a pause.
    const after = paced(sentence, { 0: 700 }).slice(1);
    const long = { text: 'When', startSample: 0, endSample: 5000 * MS };
    const later = after.map((word) => ({
      ...word,
      startSample: word.startSample + 5000 * MS,
      endSample: word.endSample + 5000 * MS,
    }));
    expect(texts(later)).toEqual([sentence.slice('When '.length)]);
    expect(texts([long, ...later])).toEqual([]);
    const turned = sentence.replace('was nobody to be', 'be to nobody was');
    expect(texts(paced(turned, {}))).toEqual([]);
    expect(texts(paced(sentence.replace('nobody', 'somebody'), {}))).toEqual([sentence]);
  });

  test('are none where another book was read', () => {
    const heard = read(bookOf(200, 5).map((text) => ({ text: `${text}z`, truth: -1 })));
    expect(pairsOf(heard, bookOf(300, 9), rules)).toEqual([]);
    expect(pairsOf([], bookOf(300, 9), rules)).toEqual([]);
  });
});

test('numbers and abbreviations are compared as they are said', () => {
  expect(spokenWords('1812', 'ru')).toEqual(['тысяча', 'восемьсот', 'двенадцать']);
  expect(spokenWords('«Ёлки-палки»,', 'ru')).toEqual(['елки', 'палки']);
  expect(spokenWords('21', 'en')).toEqual(['twenty', 'one']);
  expect(spokenWords('Mr.', 'en')).toEqual(['mister']);
  expect(spokenWords('—', 'ru')).toEqual([]);
  const book =
    'So it was in the year of 21 when Mr. Brown and his dog came to the old town by the sea and stayed'.split(' ');
  const said =
    'so it was in the year of twenty one when mister brown and his dog came to the old town by the sea and stayed'.split(
      ' ',
    );
  const [pair] = pairsOf(read(said.map((text) => ({ text, truth: -1 }))), book, rules);
  expect(pair).toMatchObject({ bookFrom: 0, bookTo: book.length, score: 1 });
});
