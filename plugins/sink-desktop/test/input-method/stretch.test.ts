import { expect, test } from 'vitest';
import type { FieldWrite } from '@voiceinput/field';
import { TypedStretch } from '../../src/input-method/stretch.ts';

const never = new AbortController().signal;
let version = 0;
const typed = (stretch: TypedStretch, text: string): void => {
  for (const one of text) stretch.hear((version += 1), { kind: 'typed', text: one });
};

function write(
  segments: Readonly<Record<string, readonly [before: string, after: string]>>,
  segmentId: string,
): FieldWrite {
  return {
    sessionId: 's',
    segmentId,
    cause: 'refined',
    signal: never,
    rewrites: Object.entries(segments).map(([id, [before, after]]) => ({
      segmentId: id,
      before,
      after,
      changes: before === after ? [] : [{ start: 0, remove: before.length, insert: after }],
    })),
  };
}

/** What goes and comes before the caret; nothing of it is done when `isDone` is false. */
function changed(
  stretch: TypedStretch,
  wish: FieldWrite,
  isDone = true,
): readonly [remove: string, insert: string] | string {
  const planned = stretch.plan(wish);
  if (planned.kind !== 'change') return planned.kind;
  stretch.send(planned);
  if (isDone) stretch.hear((version += 1), { kind: 'changed' });
  return [planned.remove, planned.insert];
}

test('a better text comes again with all that the user typed behind it, from the first character that differs', () => {
  const stretch = new TypedStretch(0);
  expect(changed(stretch, write({ a: ['', 'so it is'] }, 'a'))).toEqual(['', 'so it is']);
  typed(stretch, ' 12');
  expect(changed(stretch, write({ a: ['so it is', 'so it was'] }, 'a'))).toEqual(['is 12', 'was 12']);
  expect(stretch.text).toBe('so it was 12');
});

test('two segments with something of the user’s between them are mended one by one', () => {
  const stretch = new TypedStretch(0);
  changed(stretch, write({ a: ['', 'one'] }, 'a'));
  typed(stretch, ' x ');
  changed(stretch, write({ a: ['one', 'one'], b: ['', 'two'] }, 'b'));
  typed(stretch, '!');
  expect(stretch.text).toBe('onetwo x !');
  changed(stretch, write({ a: ['one', 'One'], b: ['two', 'two'] }, 'a'));
  changed(stretch, write({ a: ['One', 'One'], b: ['two', ' Two.'] }, 'b'));
  expect(stretch.text).toBe('One Two. x !');
});

test('a segment that the user erased into is the user’s', () => {
  const stretch = new TypedStretch(0);
  changed(stretch, write({ a: ['', 'one'] }, 'a'));
  typed(stretch, '1');
  for (let times = 0; times < 2; times += 1) stretch.hear((version += 1), { kind: 'erased' });
  expect(stretch.text).toBe('on');
  expect(changed(stretch, write({ a: ['one', 'One'] }, 'a'))).toBe('touched');
});

test('a change that was not done changes nothing, and what the user typed while it was on its way is behind it', () => {
  const stretch = new TypedStretch(0);
  changed(stretch, write({ a: ['', 'one'] }, 'a'));
  changed(stretch, write({ a: ['one', 'Two'] }, 'a'), false);
  expect(stretch.text).toBe('one');
  typed(stretch, '1');
  changed(stretch, write({ a: ['one', 'Two'] }, 'a'));
  typed(stretch, '2');
  expect(stretch.text).toBe('Two12');
});

test('an emoji is never cut', () => {
  const stretch = new TypedStretch(0);
  changed(stretch, write({ a: ['', 'so 👨‍👩‍👧'] }, 'a'));
  expect(changed(stretch, write({ a: ['so 👨‍👩‍👧', 'so 👨‍👩‍👦'] }, 'a'))).toEqual(['👨‍👩‍👧', '👨‍👩‍👦']);
});
