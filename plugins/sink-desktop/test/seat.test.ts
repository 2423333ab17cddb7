import { expect, test } from 'vitest';
import { throughSeat } from '../src/seat/write.ts';

const signal = new AbortController().signal;
const wish = { sessionId: 's', segmentId: 'one', cause: 'draft' } as const;
const place = (activation: number) => ({ activation, isMended: false, isSameWindow: async () => false });
const rewrite = (before: string, after: string) => ({
  segmentId: 'one',
  before,
  after,
  changes: before === after ? [] : [{ start: 0, remove: before.length, insert: after }],
});

/** A field that takes text; `typed`: what stands before the caret, each time it is asked. */
function openField({
  typed,
  changedAtMs = Number.NEGATIVE_INFINITY,
}: {
  typed: readonly string[];
  changedAtMs?: number;
}) {
  const put: string[] = [];
  let asked = 0;
  return {
    put,
    seat: {
      enter: () => undefined,
      leave: () => undefined,
      close: () => undefined,
      take: async () => undefined,
      isThere: (activation: number) => activation === 1,
      before: async () => typed[Math.min((asked += 1), typed.length) - 1],
      changedAtMs,
      around: () => undefined,
      isAwake: async () => true,
      isBack: async () => false,
      field: () => undefined,
      insert: (activation: number, text: string) => activation === 1 && put.push(text) > 0,
    },
  };
}

test('new text waits until the word that is being typed is over', async () => {
  const { seat, put } = openField({ typed: ['inter', 'interna', 'international '], changedAtMs: Infinity });
  const outcome = await throughSeat(seat, place(1), { ...wish, rewrites: [rewrite('', 'is it')], signal });
  expect({ outcome, put }).toEqual({ outcome: { kind: 'applied', proof: 'unverified' }, put: ['is it'] });
});

test('a word that was typed a while ago is over, and so is what a field does not tell', async () => {
  for (const typed of [['inter'], []]) {
    const { seat, put } = openField({ typed });
    await throughSeat(seat, place(1), { ...wish, rewrites: [rewrite('', ' and on')], signal });
    expect(put).toEqual([' and on']);
  }
});

test('a space behind the dictation stays behind it', async () => {
  const { seat, put } = openField({ typed: ['first '] });
  const rewrites = [rewrite('first', 'first'), rewrite('', ' second'), rewrite(' ', ' ')];
  await throughSeat(seat, place(1), { ...wish, rewrites, signal });
  expect(put).toEqual(['second ']);
});

test('another field gets nothing', async () => {
  const { seat, put } = openField({ typed: [] });
  const outcome = await throughSeat(seat, place(2), { ...wish, rewrites: [rewrite('', 'is it')], signal });
  expect({ outcome, put }).toEqual({ outcome: { kind: 'offered', reason: 'focus-changed' }, put: [] });
});
