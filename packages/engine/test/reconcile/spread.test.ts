import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { spread } from '../../src/reconcile/spread.ts';

test('a change across pieces is shared between them', () => {
  expect(spread(['One two', ' three four'], [{ start: 4, remove: 9, insert: 'x' }])).toEqual(['One x', ' four']);
});

test('what is added at the end goes to the last piece', () => {
  expect(spread(['One', ' two'], [{ start: 7, remove: 0, insert: '.' }])).toEqual(['One', ' two.']);
});

test('the pieces always join to the new text', () => {
  const text = fc.array(fc.constantFrom('a', 'bc', 'кот', '日本'), { maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, (pieces, after) => {
      expect(spread(pieces, reconcile(pieces.join(''), after)).join('')).toBe(after);
    }),
  );
});
