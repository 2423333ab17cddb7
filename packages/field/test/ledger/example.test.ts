import { SimulatedField } from '@voiceinput/testkit';
import { codePoints, Ledger } from '@voiceinput/field';
import type { Move, Step } from '@voiceinput/field';
import { expect, test } from 'vitest';

/** As docs/SHARED_TEXT.md tells it. */
function openExample() {
  const field = new SimulatedField();
  const ledger = new Ledger(codePoints);
  const owner = { sessionId: 's', segmentId: 'one' };
  field.userTypes(0, 'ABC  HI');
  const draft: Step = { kind: 'insert', owner, at: 4, text: 'so' };
  field.insert(4, 'so');
  ledger.did([draft]);
  field.told = (told) => ledger.hear(told);
  const steps: readonly Step[] = [
    { kind: 'delete', owner, at: 4, text: 'so' },
    { kind: 'insert', owner, at: 4, text: 'well' },
  ];
  const done = ({ kind, at, text }: Move): string => {
    if (kind === 'insert') field.insert(at, text);
    else field.delete(at, text.length);
    ledger.answer(true);
    return field.text;
  };
  const send = (moves: readonly Move[]): void => moves.forEach((move) => ledger.send(move));
  return { field, ledger, steps, send, done };
}

const shown = (moves: readonly Move[]): string[] => moves.map(({ kind, at, text }) => `${kind} ${at} "${text}"`);

test('what a delete of ours took of the user’s, who was faster, comes back to its place', () => {
  const { field, ledger, steps, send, done } = openExample();
  ledger.begin(steps);
  send(steps);
  field.userTypes(0, '12');
  expect(done(steps[0]!)).toBe('12ABso HI');
  expect(shown(ledger.left())).toEqual(['delete 4 "so"', 'insert 4 "C well"']);
  expect(done(steps[1]!)).toBe('12ABwellso HI');
  const left = ledger.left();
  expect(shown(left)).toEqual(['delete 4 "wellso"', 'insert 4 "C well"']);
  send(left);
  left.forEach(done);
  expect(field.text).toBe('12ABC well HI');
  expect(ledger.end()).toBe('done');
  expect(ledger.spans).toMatchObject([{ start: 6, text: 'well', touched: false }]);
});

test('a segment that the user typed into is the draft again, with what was typed', () => {
  const { field, ledger, steps, send, done } = openExample();
  ledger.begin(steps);
  send(steps);
  field.userTypes(5, '12');
  expect(done(steps[0]!)).toBe('ABC 2o HI');
  done(steps[1]!);
  const left = ledger.left();
  send(left);
  left.forEach(done);
  expect(field.text).toBe('ABC s12o HI');
  expect(ledger.end()).toBe('undone');
  expect(ledger.spans).toMatchObject([{ touched: true }]);
});

test('the user’s own change that looks like ours is not taken for it', () => {
  const { field, ledger, steps, send, done } = openExample();
  ledger.begin(steps);
  send(steps);
  field.userDeletes(4, 2);
  steps.forEach(done);
  const left = ledger.left();
  send(left);
  left.forEach(done);
  expect(field.text).toBe('ABC  HI');
  expect(ledger.end()).toBe('undone');
});

test('a change that is told after the answer is ours all the same, and is counted once', () => {
  const ledger = new Ledger(codePoints);
  const step: Step = { kind: 'insert', owner: { sessionId: 's', segmentId: 'one' }, at: 3, text: 'so' };
  ledger.begin([step]);
  ledger.send(step);
  ledger.answer(true);
  expect(ledger.end()).toBe('done');
  ledger.hear({ kind: 'insert', at: 3, length: 2, text: 'so' });
  expect({ spans: ledger.spans, version: ledger.version }).toMatchObject({ spans: [{ start: 3 }], version: 0 });
});

test('a field that is set as a whole tells two changes for one call: together they are ours', () => {
  const ledger = new Ledger(codePoints);
  const step: Step = { kind: 'insert', owner: { sessionId: 's', segmentId: 'one' }, at: 2, text: 'so' };
  ledger.begin([step]);
  ledger.send(step);
  ledger.hear({ kind: 'delete', at: 0, length: 4, text: '0099' });
  ledger.hear({ kind: 'insert', at: 0, length: 6, text: '00so99' });
  ledger.answer(true);
  expect(ledger.end()).toBe('done');
  expect({ spans: ledger.spans, version: ledger.version }).toMatchObject({ spans: [{ start: 2 }], version: 0 });
});

test('a toolkit that counts otherwise than it is known to shows it at the first emoji', () => {
  const ledger = new Ledger(codePoints);
  const step: Step = { kind: 'insert', owner: { sessionId: 's', segmentId: 'one' }, at: 0, text: 'so 🎉' };
  ledger.begin([step]);
  ledger.send(step);
  ledger.hear({ kind: 'insert', at: 0, length: 5, text: 'so 🎉' });
  ledger.answer(true);
  expect(ledger.end()).toBe('done');
  expect(ledger.unit.length('🎉')).toBe(2);
  expect(ledger.spans).toMatchObject([{ start: 0, length: 5 }]);
});

test('a pinned place stays where it is in the text, whoever changes it', () => {
  const { field, ledger, steps, send, done } = openExample();
  ledger.pin('release', { at: 8, side: 'before' });
  ledger.begin(steps);
  send(steps);
  field.userTypes(0, '12');
  steps.forEach(done);
  const left = ledger.left();
  send(left);
  left.forEach(done);
  ledger.end();
  expect(field.textOf(0, ledger.pinned('release')!)).toBe('12ABC well H');
});
