import fc from 'fast-check';
import type { Word } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';
import { alignWords } from '../../src/reconcile/words.ts';

/** Each word lasts as many hundred samples as it has letters, and they follow each other. */
function heard(...texts: string[]): Word[] {
  let at = 0;
  return texts.map((text, index) => {
    const startSample = at;
    at += text.length * 100;
    return { text, startSample, endSample: at, confidence: 0.5 + index / 100 };
  });
}

const timesOf = (words: readonly Word[]) =>
  words.map(({ text, startSample, endSample }) => [text, startSample, endSample]);

test.each([
  [
    'the same words',
    'Hello there',
    ['Hello', 'there'],
    [
      ['Hello', 0, 500],
      ['there', 500, 1000],
    ],
  ],
  [
    'a full stop',
    'Hello there.',
    ['Hello', 'there'],
    [
      ['Hello', 0, 500],
      ['there.', 500, 1000],
    ],
  ],
  [
    'one word for two',
    'Hello GitHub there',
    ['Hello', 'git', 'hub', 'there'],
    [
      ['Hello', 0, 500],
      ['GitHub', 500, 1100],
      ['there', 1100, 1600],
    ],
  ],
  [
    'two words for one',
    'Hello to you',
    ['Hello', 'toyou'],
    [
      ['Hello', 0, 500],
      ['to', 500, 1000],
      ['you', 500, 1000],
    ],
  ],
  [
    'a word that is gone',
    'Hello there',
    ['Hello', 'um', 'there'],
    [
      ['Hello', 0, 500],
      ['there', 700, 1200],
    ],
  ],
  [
    'a word that is new',
    'Hello my there',
    ['Hello', 'there'],
    [
      ['Hello', 0, 500],
      ['my', 500, 500],
      ['there', 500, 1000],
    ],
  ],
  [
    'Chinese',
    '我读书。',
    ['我', '读', '书'],
    [
      ['我', 0, 100],
      ['读书。', 100, 300],
    ],
  ],
  ['nothing', '', ['Hello'], []],
])('%s', (_name, text, words, expected) => {
  expect(timesOf(alignWords(text, heard(...words)))).toEqual(expected);
});

test('nothing is known of words when nothing was heard of them', () => {
  expect(alignWords('Hello', [])).toEqual([]);
});

test('all of the text is in its words, in order, inside of what was heard', () => {
  const word = fc.constantFrom('um', 'so', 'git', 'hub', 'GitHub', 'да', 'café,', '日本', '語', '.', 'ok');
  const some = fc.array(word, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(some, some, (before, after) => {
      const spoken = heard(...before);
      const words = alignWords(after.join(' '), spoken);
      expect(
        words
          .map(({ text }) => text)
          .join('')
          .replace(/\s/gu, ''),
      ).toBe(after.join(''));
      let at = 0;
      for (const { startSample, endSample, confidence } of words) {
        expect(startSample).toBeGreaterThanOrEqual(at);
        expect(endSample).toBeGreaterThanOrEqual(startSample);
        expect(endSample).toBeLessThanOrEqual(spoken.at(-1)!.endSample);
        expect(confidence).toBeGreaterThanOrEqual(0.5);
        at = startSample;
      }
    }),
  );
});
