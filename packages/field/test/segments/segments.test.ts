import { codePoints, place, rewriting } from '@voiceinput/field';
import type { Span } from '@voiceinput/field';
import { dictation } from '@voiceinput/testkit';
import { expect, test } from 'vitest';

test('an edit means for each segment what its own changes say, the separator behind one that goes with it too', () => {
  const told = dictation();
  const first = rewriting([], told.edit('one', 'draft', 'Hello'), String)!;
  told.settle({ kind: 'applied', proof: 'verified' });
  const second = rewriting(first.pieces, told.edit('two', 'draft', 'there'), String)!;
  told.settle({ kind: 'applied', proof: 'verified' });
  expect(second.rewrites.map(({ after }) => after)).toEqual(['Hello', ' there']);
  const undone = rewriting(second.pieces, told.edit('one', 'undo', ''), String)!;
  expect(undone.rewrites).toMatchObject([
    { segmentId: 'one', before: 'Hello', after: '' },
    { segmentId: 'two', before: ' there', after: 'there' },
  ]);
});

const owner = { sessionId: 's', segmentId: 'one' };
const draft = [{ segmentId: 'one', before: '', after: 'so', changes: [{ start: 0, remove: 0, insert: 'so' }] }];

test('a first segment goes to the place that was pinned for it, wherever the caret is now', () => {
  const placed = place({ ...owner, rewrites: draft, spans: [], caret: 9, pinned: 4, unit: codePoints });
  expect(placed).toMatchObject({ steps: [{ kind: 'insert', at: 4, text: 'so' }] });
});

test('a text that stands although it was told not to is replaced, not written a second time', () => {
  const span: Span = { ...owner, start: 4, length: 2, text: 'um', touched: false };
  const placed = place({ ...owner, rewrites: draft, spans: [span], caret: 9, unit: codePoints });
  expect(placed).toMatchObject({
    steps: [
      { kind: 'delete', at: 4, text: 'um' },
      { kind: 'insert', at: 4, text: 'so' },
    ],
  });
});
