import { expect, test } from 'vitest';
import { rebased } from '../../src/ledger/rebase.ts';

const span = { sessionId: 's', segmentId: '1', start: 4, length: 5, text: 'ours.', touched: false };
const edit = (at: number, remove: number, insert: number) => ({ at, remove, insert });

test.each([
  ['an insertion before it moves it', edit(0, 0, 3), { start: 7 }],
  ['a deletion before it moves it back', edit(1, 2, 0), { start: 2 }],
  ['what appears at its very beginning stands before it', edit(4, 0, 1), { start: 5 }],
  ['what is replaced up to its beginning moves it', edit(2, 2, 6), { start: 8 }],
  ['what appears at its very end stands behind it', edit(9, 0, 1), {}],
  ['what is deleted from its very end on leaves it alone', edit(9, 4, 0), {}],
  ['what is changed behind it leaves it alone', edit(12, 1, 1), {}],
  ['an insertion into it touches it', edit(5, 0, 1), { touched: true }],
  ['a deletion of its last unit touches it', edit(8, 1, 0), { touched: true }],
  ['a deletion that reaches into it touches it', edit(2, 3, 0), { touched: true }],
  ['a deletion of all of it and more touches it', edit(2, 9, 0), { touched: true }],
])('%s', (_, change, becomes) => {
  expect(rebased([span], change)).toEqual([{ ...span, ...becomes }]);
});

test('what was touched stays so, and stays where it was', () => {
  const touched = { ...span, touched: true };
  expect(rebased([touched], edit(0, 0, 3))).toEqual([touched]);
});
