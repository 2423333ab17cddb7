import { fieldSink } from '@voiceinput/field';
import type { FieldOutcome, FieldWrite } from '@voiceinput/field';
import { dictation } from '@voiceinput/testkit';
import { expect, test } from 'vitest';

const signal = new AbortController().signal;

/** A sink on a desk that answers each write with the next of `outcomes`. */
async function openSink(outcomes: readonly FieldOutcome[], { waits = false } = {}) {
  const rest = [...outcomes];
  const writes: FieldWrite[] = [];
  const sink = fieldSink<object>({
    pin: async () => ({}),
    beginning: async () => ({}),
    pinCaret: async () => undefined,
    surroundings: async () => undefined,
    async put(_target, write) {
      writes.push(write);
      return rest.shift()!;
    },
    takesLineBreaks: () => false,
    wantsTrailingSpace: () => false,
    isSecret: () => false,
    waitsForBetter: (_target, { hybrid }) => waits && hybrid,
    forget: () => undefined,
    close: async () => undefined,
  });
  const told = dictation();
  await sink.begin(told.info, signal);
  return { sink, told, writes };
}

test('a segment that may stand or not is never written a second time: its better text is only offered', async () => {
  const { sink, told, writes } = await openSink([{ kind: 'offered', reason: 'not-answering', isUnknown: true }]);
  const outcome = await sink.apply(told.edit('one', 'draft', 'um'), signal);
  expect(outcome).toEqual({ kind: 'offered', reason: 'not-answering' });
  told.settle(outcome);
  expect(await sink.apply(told.edit('one', 'refined', 'So.'), signal)).toEqual({
    kind: 'offered',
    reason: 'not-known',
  });
  expect(writes).toHaveLength(1);
  expect(sink.offers()).toMatchObject([{ segmentId: 'one', text: 'So.' }]);
});

test('a text has no holes: what is said behind a segment that was only offered is offered, too', async () => {
  const applied: FieldOutcome = { kind: 'applied', proof: 'verified' };
  const { sink, told, writes } = await openSink([applied, { kind: 'offered', reason: 'busy' }]);
  for (const [segmentId, kind] of [
    ['one', 'applied'],
    ['two', 'offered'],
    ['three', 'offered'],
  ] as const) {
    const outcome = await sink.apply(told.edit(segmentId, 'draft', segmentId), signal);
    expect(outcome.kind).toBe(kind);
    told.settle(outcome);
  }
  expect(writes).toHaveLength(2);
});

test('an edit of a text that has changed since is refused, and nothing is written', async () => {
  const { sink, told, writes } = await openSink([{ kind: 'applied', proof: 'verified' }]);
  const first = told.edit('one', 'draft', 'um');
  expect(await sink.apply(first, signal)).toMatchObject({ kind: 'applied' });
  expect(await sink.apply(first, signal)).toEqual({ kind: 'refused', reason: 'stale' });
  expect(writes).toHaveLength(1);
});

test('where drafts are left out, each better text is written once, as what is said first', async () => {
  const applied: FieldOutcome = { kind: 'applied', proof: 'unverified' };
  const { sink, told, writes } = await openSink([applied, applied], { waits: true });
  for (const segmentId of ['one', 'two']) {
    const outcome = await sink.apply(told.edit(segmentId, 'draft', `um ${segmentId}`), signal);
    expect(outcome).toEqual({ kind: 'offered', reason: 'waiting' });
    told.settle(outcome);
  }
  for (const segmentId of ['one', 'two']) {
    const outcome = await sink.apply(told.edit(segmentId, 'refined', segmentId), signal);
    expect(outcome).toEqual(applied);
    told.settle(outcome);
  }
  const shown = writes.map(({ rewrites }) => rewrites.map(({ after }) => after).join(''));
  expect(shown).toEqual(['one', 'one two']);
  expect(sink.offers()).toEqual([]);
});
