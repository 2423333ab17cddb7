import fc from 'fast-check';
import type { Edit, Outcome, SegmentText, Stage } from '@voiceinput/plugin-api';
import { applyChanges } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';
import { createDelivery } from '../../src/deliver/delivery.ts';
import { withSeparators } from '@voiceinput/plugin-api';

function open({ textBefore = '', answer = (): Outcome => ({ kind: 'applied', proof: 'verified' }) } = {}) {
  const edits: Edit[] = [];
  const field = { text: '' };
  let busy = false;
  const delivery = createDelivery({
    sessionId: 'session-1',
    textBefore: async () => textBefore,
    port: {
      async apply(edit) {
        expect(busy, 'one edit at a time').toBe(false);
        busy = true;
        await Promise.resolve();
        busy = false;
        const outcome = answer();
        if (outcome.kind === 'applied') field.text = applyChanges(field.text, edit.changes);
        return outcome;
      },
      told: (edit) => void edits.push(edit),
    },
  });
  return { delivery, edits, field };
}

const segment = (index: number, stage: Stage, text: string): SegmentText => ({
  segmentId: `segment-${index}`,
  stage,
  text,
  startSample: index * 1000,
  endSample: index * 1000 + 900,
});

test('a refined text changes only its own words', async () => {
  const { delivery, edits, field } = open();
  await delivery.put(segment(1, 'draft', 'I red it.'));
  await delivery.put(segment(2, 'draft', 'Good book.'));
  await delivery.put(segment(1, 'refined', 'I read it.'));
  expect(field.text).toBe('I read it. Good book.');
  expect(edits.at(-1)).toMatchObject({
    baseRevision: 2,
    revision: 3,
    changes: [{ segmentId: 'segment-1', start: 2, remove: 3, insert: 'read' }],
  });
});

test('a confirmation is told, without a change', async () => {
  const { delivery, edits } = open();
  await delivery.put(segment(1, 'draft', 'Yes.'));
  await delivery.put(segment(1, 'refined', 'Yes.'));
  expect(edits.at(-1)).toMatchObject({ cause: 'refined', changes: [] });
});

test('an empty segment in the middle leaves one separator', async () => {
  const { delivery, field } = open();
  for (const [index, text] of ['One.', '', 'Three.'].entries()) await delivery.put(segment(index, 'draft', text));
  expect(field.text).toBe('One. Three.');
});

test('a first segment that becomes empty takes its separator along', async () => {
  const { delivery, edits, field } = open();
  await delivery.put(segment(1, 'draft', 'Um.'));
  await delivery.put(segment(2, 'draft', 'Hello.'));
  await delivery.put(segment(1, 'refined', ''));
  expect(field.text).toBe('Hello.');
  expect(edits.at(-1)?.changes).toEqual([
    { segmentId: 'segment-1', start: 0, remove: 3, insert: '' },
    { segmentId: 'segment-2', start: 3, remove: 1, insert: '' },
  ]);
});

test('segments count in the order in which they were spoken, not in which they were read', async () => {
  const { delivery, edits, field } = open();
  await delivery.put(segment(2, 'draft', 'Second.'));
  await delivery.put(segment(1, 'draft', 'First.'));
  expect(field.text).toBe('First. Second.');
  expect(edits.at(-1)?.changes).toEqual([
    { segmentId: 'segment-1', start: 0, remove: 0, insert: 'First.' },
    { segmentId: 'segment-2', start: 0, remove: 0, insert: ' ' },
  ]);
});

test('text before the caret is separated from the dictation', async () => {
  const { delivery, field } = open({ textBefore: 'Dear Sir,' });
  await delivery.put(segment(1, 'draft', 'hello'));
  expect(field.text).toBe(' hello');
});

test('a partial that something newer overtook is left out', async () => {
  const { delivery, edits } = open();
  await Promise.all([
    delivery.put(segment(1, 'partial', 'I')),
    delivery.put(segment(1, 'partial', 'I re')),
    delivery.put(segment(1, 'draft', 'I read')),
  ]);
  expect(edits.map(({ cause }) => cause)).toEqual(['draft']);
});

test('after a refused edit the next one counts from what stands', async () => {
  const outcomes: Outcome[] = [{ kind: 'refused', reason: 'busy' }];
  const { delivery, edits, field } = open({ answer: () => outcomes.shift() ?? { kind: 'applied', proof: 'verified' } });
  await delivery.put(segment(1, 'draft', 'I red'));
  await delivery.put(segment(1, 'refined', 'I read'));
  expect(field.text).toBe('I read');
  expect(edits.map(({ baseRevision, revision }) => [baseRevision, revision])).toEqual([
    [0, 1],
    [0, 2],
  ]);
});

test('whatever the order, the field is what the delivery says', async () => {
  const put = fc.record({
    index: fc.nat(4),
    stage: fc.constantFrom<Stage>('partial', 'draft', 'refined'),
    text: fc.constantFrom('', 'One two.', 'One too.', 'Кот сел.', '日本', 'a'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(put, { maxLength: 25 }), fc.constantFrom('', 'before'), async (puts, textBefore) => {
      const { delivery, edits, field } = open({ textBefore });
      await Promise.all(puts.map(({ index, stage, text }) => delivery.put(segment(index, stage, text))));
      expect(field.text).toBe(
        withSeparators(
          delivery.standing.map(({ text }) => text),
          textBefore,
        ).join(''),
      );
      edits.forEach((edit, i) => expect(edit.revision).toBe(i + 1));
    }),
  );
});
