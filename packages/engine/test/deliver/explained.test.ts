import { expect, test } from 'vitest';
import { explained } from '../../src/deliver/explained.ts';

const reasons = { busy: 'the application stayed busy' };

test.each([
  ['is said in the words of its sink', 'busy', 'the application stayed busy'],
  ['that is an error is said in the words of the table', 'ERR_DISPLAY_MISSING', 'No desktop session was found'],
])('a reason %s', (_how, reason, explanation) => {
  expect(explained({ kind: 'refused', reason }, reasons)).toEqual({ kind: 'refused', reason, explanation });
});

test.each(['moonlight', 'constructor', 'toString'])('%s, which nobody has words for, stays alone', (reason) => {
  expect(explained({ kind: 'offered', reason }, reasons)).toEqual({ kind: 'offered', reason });
});

test('what the sink says itself stays, and what is applied needs no words', () => {
  const own = { kind: 'refused', reason: 'busy', explanation: 'Writer stayed busy' } as const;
  expect(explained(own, reasons)).toEqual(own);
  expect(explained({ kind: 'applied', proof: 'verified' }, reasons)).toEqual({ kind: 'applied', proof: 'verified' });
});
