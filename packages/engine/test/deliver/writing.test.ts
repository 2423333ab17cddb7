import fc from 'fast-check';
import type { Edit, Outcome, Stage } from '@voiceinput/plugin-api';
import { applyChanges, withSeparators } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import type { WantedText } from '../../src/deliver/text.ts';
import { createWriting } from '../../src/deliver/writing.ts';
import { createTrace } from '../../src/trace/trace.ts';

const APPLIED: Outcome = { kind: 'applied', proof: 'verified' };
const never = new AbortController().signal;
const undo = { cause: 'undo', all: false, untilSample: 100_000 } as const;
const cancel = { cause: 'cancel', all: true, untilSample: Number.POSITIVE_INFINITY } as const;

function open({ textBefore = '', answer = (_edit: Edit): Outcome => APPLIED } = {}) {
  const edits: Edit[] = [];
  const field = { text: '' };
  const told: string[] = [];
  const trace = createTrace();
  trace.watch((event) => event.type === 'text' && told.push(event.stage));
  let busy = false;
  const writing = createWriting(
    {
      sessionId: 'session-1',
      secret: false,
      trace,
      sink: {
        partials: true,
        surroundings: async () => ({ before: textBefore }),
        async apply(edit) {
          expect(busy, 'one edit at a time').toBe(false);
          busy = true;
          await Promise.resolve();
          busy = false;
          const outcome = answer(edit);
          if (outcome.kind === 'applied') field.text = applyChanges(field.text, edit.changes);
          edits.push(edit);
          return outcome;
        },
        end: async () => undefined,
      },
    },
    never,
  );
  return { writing, edits, field, told };
}

const segment = (index: number, stage: Stage, text: string): WantedText => ({
  segmentId: `segment-${index}`,
  stage,
  text,
  startSample: index * 1000,
  endSample: index * 1000 + 900,
});

describe('where drafts stand whose better texts were only offered', () => {
  async function offering(isReachable: (edit: Edit) => boolean) {
    const opened = open({
      answer: (edit) =>
        edit.cause === 'draft' || (edit.asked === true && isReachable(edit))
          ? APPLIED
          : { kind: 'offered', reason: 'not-readable' },
    });
    const { writing } = opened;
    await writing.write(segment(1, 'draft', 'I red it.'));
    await writing.write(segment(2, 'draft', 'Good book.'));
    await writing.write(segment(1, 'refined', 'I read it.'));
    await writing.write(segment(2, 'refined', 'Good book.'));
    return opened;
  }

  test('the better ones take their place when the user asks, once', async () => {
    const { writing, field, edits } = await offering(() => true);
    expect(field.text).toBe('I red it. Good book.');
    expect(await writing.replace(never)).toEqual([APPLIED]);
    expect(edits.at(-1)).toMatchObject({ cause: 'refined', asked: true });
    expect(field.text).toBe('I read it. Good book.');
    expect(await writing.replace(never)).toEqual([]);
  });

  test('what is undone comes again', async () => {
    const { writing, field } = open();
    await writing.write(segment(1, 'draft', 'I red it.'));
    await writing.write(segment(1, 'refined', 'I read it.'));
    await writing.undo(undo, never);
    expect(field.text).toBe('I red it.');
    expect(await writing.replace(never)).toEqual([APPLIED]);
    expect(field.text).toBe('I read it.');
  });

  test('what cannot be reached is told; where nothing stands, nothing is written', async () => {
    const { writing, field } = await offering(() => false);
    expect(await writing.replace(never)).toEqual([{ kind: 'offered', reason: 'not-readable' }]);
    expect(field.text).toBe('I red it. Good book.');
    const nothing = open({ answer: () => ({ kind: 'offered', reason: 'no-window' }) });
    await nothing.writing.write(segment(1, 'draft', 'I red it.'));
    await nothing.writing.write(segment(1, 'refined', 'I read it.'));
    expect(await nothing.writing.replace(never)).toEqual([]);
  });
});

test('what is heard late of a segment whose draft is there is neither written nor told', async () => {
  const { writing, field, told } = open();
  await writing.write(segment(1, 'partial', 'I'));
  await writing.write(segment(1, 'draft', 'I red it.'));
  await writing.write(segment(1, 'partial', 'I red'));
  expect(told).toEqual(['partial', 'draft']);
  expect(field.text).toBe('I red it.');
});

test('a refined text changes only its own words', async () => {
  const { writing, edits, field } = open();
  await writing.write(segment(1, 'draft', 'I red it.'));
  await writing.write(segment(2, 'draft', 'Good book.'));
  await writing.write(segment(1, 'refined', 'I read it.'));
  expect(field.text).toBe('I read it. Good book.');
  expect(edits.at(-1)).toMatchObject({
    baseRevision: 2,
    revision: 3,
    changes: [{ segmentId: 'segment-1', start: 2, remove: 3, insert: 'read' }],
  });
});

test('a confirmation is told, without a change', async () => {
  const { writing, edits } = open();
  await writing.write(segment(1, 'draft', 'Yes.'));
  await writing.write(segment(1, 'refined', 'Yes.'));
  expect(edits.at(-1)).toMatchObject({ cause: 'refined', changes: [] });
});

test('an empty segment in the middle leaves one separator', async () => {
  const { writing, field } = open();
  for (const [index, text] of ['One.', '', 'Three.'].entries()) await writing.write(segment(index, 'draft', text));
  expect(field.text).toBe('One. Three.');
});

test('a first segment that becomes empty takes its separator along', async () => {
  const { writing, edits, field } = open();
  await writing.write(segment(1, 'draft', 'Um.'));
  await writing.write(segment(2, 'draft', 'Hello.'));
  await writing.write(segment(1, 'refined', ''));
  expect(field.text).toBe('Hello.');
  expect(edits.at(-1)?.changes).toEqual([
    { segmentId: 'segment-1', start: 0, remove: 3, insert: '' },
    { segmentId: 'segment-2', start: 3, remove: 1, insert: '' },
  ]);
});

test('segments count in the order in which they were spoken, not in which they were read', async () => {
  const { writing, edits, field } = open();
  await writing.write(segment(2, 'draft', 'Second.'));
  await writing.write(segment(1, 'draft', 'First.'));
  expect(field.text).toBe('First. Second.');
  expect(edits.at(-1)?.changes).toEqual([
    { segmentId: 'segment-1', start: 0, remove: 0, insert: 'First.' },
    { segmentId: 'segment-2', start: 0, remove: 0, insert: ' ' },
  ]);
});

test('text before the caret is separated from the dictation', async () => {
  const { writing, field } = open({ textBefore: 'Dear Sir,' });
  await writing.write(segment(1, 'draft', 'hello'));
  expect(field.text).toBe(' hello');
});

test('a partial that something newer overtook is left out', async () => {
  const { writing, edits } = open();
  await Promise.all([
    writing.write(segment(1, 'partial', 'I')),
    writing.write(segment(1, 'partial', 'I re')),
    writing.write(segment(1, 'draft', 'I read')),
  ]);
  expect(edits.map(({ cause }) => cause)).toEqual(['draft']);
});

test('a partial that comes after the draft changes nothing', async () => {
  const { writing, edits, field } = open();
  await writing.write(segment(1, 'draft', 'I read it.'));
  await writing.write(segment(1, 'partial', 'I re'));
  expect(field.text).toBe('I read it.');
  expect(edits.map(({ cause }) => cause)).toEqual(['draft']);
  expect(writing.segments.map(({ text }) => text)).toEqual(['I read it.']);
});

test('after a refused edit the next one counts from what stands', async () => {
  const outcomes: Outcome[] = [{ kind: 'refused', reason: 'busy' }];
  const { writing, edits, field } = open({ answer: () => outcomes.shift() ?? APPLIED });
  await writing.write(segment(1, 'draft', 'I red'));
  await writing.write(segment(1, 'refined', 'I read'));
  expect(field.text).toBe('I read');
  expect(edits.map(({ baseRevision, revision }) => [baseRevision, revision])).toEqual([
    [0, 1],
    [0, 2],
  ]);
});

test('two undos are two steps, also when the second comes before the first is done', async () => {
  const { writing, field } = open();
  await writing.write(segment(1, 'draft', 'I red it.'));
  await writing.write(segment(1, 'refined', 'I read it.'));
  const results = await Promise.all([writing.undo(undo, never), writing.undo(undo, never), writing.undo(undo, never)]);
  expect(results.map(({ left, edits }) => [left, edits.length])).toEqual([
    ['draft', 1],
    ['nothing', 1],
    ['nothing', 0],
  ]);
  expect(field.text).toBe('');
});

test('a cancel takes back what was shown while it was said', async () => {
  const { writing, edits, field } = open();
  await writing.write(segment(1, 'draft', 'Hello.'));
  await writing.write(segment(2, 'partial', 'And then'));
  expect(field.text).toBe('Hello. And then');
  expect(await writing.undo(cancel, never)).toEqual({ left: 'nothing', edits: [APPLIED, APPLIED] });
  expect(field.text).toBe('');
  expect(edits.slice(-2).map(({ cause, segmentId }) => [cause, segmentId])).toEqual([
    ['cancel', 'segment-2'],
    ['cancel', 'segment-1'],
  ]);
});

test('a text that waits when it is undone is never written', async () => {
  const { writing, edits } = open();
  const before = writing.write(segment(1, 'draft', 'Hello.'));
  const waiting = writing.write(segment(2, 'draft', 'And then.'));
  const undone = writing.undo(undo, never);
  await Promise.all([before, waiting, undone]);
  expect(edits).toEqual([]);
  expect(writing.segments.map(({ outcome }) => outcome)).toEqual([
    { kind: 'refused', reason: 'superseded', explanation: 'it was already undone' },
    { kind: 'refused', reason: 'superseded', explanation: 'it was already undone' },
  ]);
});

test('what is said after an undo is written', async () => {
  const { writing, field } = open();
  await writing.write(segment(1, 'draft', 'Hello.'));
  await writing.undo({ ...undo, untilSample: 2_500 }, never);
  await writing.write(segment(2, 'draft', 'And then.'));
  expect(field.text).toBe('And then.');
});

test('once closed, nothing reaches the sink', async () => {
  const { writing, edits } = open();
  await writing.write(segment(1, 'draft', 'Hello.'));
  await writing.close();
  expect(await writing.undo(undo, never)).toEqual({ left: 'nothing', edits: [] });
  await writing.write(segment(2, 'draft', 'Too late.'));
  expect(edits.map(({ cause }) => cause)).toEqual(['draft']);
  expect(writing.segments.map(({ outcome }) => outcome?.kind)).toEqual(['applied', 'refused']);
});

test('an undo that is aborted sends no further edit', async () => {
  const aborting = new AbortController();
  const { writing, field } = open({
    answer({ cause }) {
      if (cause === 'undo') aborting.abort(new Error('enough'));
      return APPLIED;
    },
  });
  await writing.write(segment(1, 'draft', 'One.'));
  await writing.write(segment(2, 'draft', 'Two.'));
  await expect(writing.undo(undo, aborting.signal)).rejects.toThrow('enough');
  expect(field.text).toBe('One.');
  expect(await writing.undo(undo, never)).toEqual({ left: 'nothing', edits: [APPLIED] });
  expect(field.text).toBe('');
});

test('whatever the order, the field is what was applied of each segment, and a change stays within its own', async () => {
  const wanted = fc.record({
    index: fc.nat(4),
    stage: fc.constantFrom<Stage>('partial', 'draft', 'refined'),
    text: fc.constantFrom('', 'One two.', 'One too.', 'Кот сел.', '日本', 'a'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wanted, { maxLength: 25 }), fc.constantFrom('', 'before'), async (all, textBefore) => {
      const { writing, edits, field } = open({ textBefore });
      await Promise.all(all.map(({ index, stage, text }) => writing.write(segment(index, stage, text))));
      const stretches = new Map(Array.from({ length: 5 }, (_, index) => [`segment-${index}`, '']));
      const said = new Map(stretches);
      edits.forEach((edit, i) => {
        expect(edit.revision).toBe(i + 1);
        const before = new Map(stretches);
        said.set(edit.segmentId, edit.segment.text);
        let base = 0;
        for (const [segmentId, stretch] of before) {
          const own = edit.changes.filter((change) => change.segmentId === segmentId);
          stretches.set(
            segmentId,
            applyChanges(
              stretch,
              own.map((change) => ({ ...change, start: change.start - base })),
            ),
          );
          base += stretch.length;
        }
        expect([...stretches.values()]).toEqual(withSeparators([...said.values()], textBefore));
      });
      expect(field.text).toBe([...stretches.values()].join(''));
    }),
  );
});
