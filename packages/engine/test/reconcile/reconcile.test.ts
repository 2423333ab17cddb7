import fc from 'fast-check';
import { applyChanges } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';
import { reconcile } from '../../src/reconcile/reconcile.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const boundariesOf = (text: string): Set<number> =>
  new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length));
const word = fc.constantFrom(
  'the',
  'cat',
  'sat',
  'шёл',
  'кот',
  'नमस्ते',
  '👩‍👩‍👧',
  'e\u0301te',
  'é',
  '日本',
  '3.5',
  "don't",
  '🇷🇺',
  '\u0301',
);
const sentence = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));

test.each([
  [
    'only the word that differs changes',
    'I red the book',
    'I read the book',
    [{ start: 2, remove: 3, insert: 'read' }],
  ],
  ['equal texts need nothing', 'same', 'same', []],
  [
    'neighbouring words change together',
    'a new too say',
    'a knew to say',
    [{ start: 2, remove: 7, insert: 'knew to' }],
  ],
  ['words can be added at the end', 'hello', 'hello world', [{ start: 5, remove: 0, insert: ' world' }]],
  ['all can go', 'hello world', '', [{ start: 0, remove: 11, insert: '' }]],
])('%s', (_, before, after, changes) => {
  expect(reconcile(before, after)).toEqual(changes);
});

test('two far words are two changes, and what lies between is not touched', () => {
  expect(reconcile('their cat sat over they’re', 'there cat sat over there')).toHaveLength(2);
});

test('the changes always make the new text of the old one', () => {
  fc.assert(
    fc.property(
      fc.oneof(sentence, fc.string()),
      fc.oneof(sentence, fc.string({ unit: 'grapheme' })),
      (before, after) => {
        expect(applyChanges(before, reconcile(before, after))).toBe(after);
      },
    ),
  );
});

test('changes are sorted, apart, and never cut a grapheme of the old text', () => {
  fc.assert(
    fc.property(sentence, sentence, (before, after) => {
      const boundaries = boundariesOf(before);
      let position = -1;
      for (const { start, remove, insert } of reconcile(before, after)) {
        expect(start).toBeGreaterThan(position);
        expect(remove > 0 || insert !== '').toBe(true);
        expect(boundaries.has(start) && boundaries.has(start + remove)).toBe(true);
        position = start + remove;
      }
    }),
  );
});

test('a very long text is still answered', () => {
  const before = Array.from({ length: 4000 }, (_, i) => `a${i}`).join(' ');
  const after = Array.from({ length: 4000 }, (_, i) => `b${i}`).join(' ');
  expect(applyChanges(before, reconcile(before, after))).toBe(after);
});
