// How a dictation of several segments fits the sentence that it is spoken into, draft and better text alike.

import fc from 'fast-check';
import type { Edit, Stage, Surroundings } from '@voiceinput/plugin-api';
import { applyChanges } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { fitOf } from '../../src/deliver/fit.ts';
import { joined, spaced } from '../../src/deliver/pieces.ts';
import { createWriting } from '../../src/deliver/writing.ts';
import { createTrace } from '../../src/trace/trace.ts';

const never = new AbortController().signal;

function open(surroundings: Surroundings, { fit = true, refuses = (_edit: Edit): boolean => false } = {}) {
  const field = { text: '' };
  const edits: Edit[] = [];
  const writing = createWriting(
    {
      sessionId: 'session-1',
      secret: false,
      trace: createTrace(),
      fit: fitOf({ fit, language: 'en', words: [] }),
      sink: {
        partials: true,
        surroundings: async () => surroundings,
        async apply(edit) {
          edits.push(edit);
          if (refuses(edit)) return { kind: 'refused', reason: 'user-edited' };
          field.text = applyChanges(field.text, edit.changes);
          return { kind: 'applied', proof: 'verified' };
        },
        end: async () => undefined,
      },
    },
    never,
  );
  const write = (index: number, stage: Stage, text: string): Promise<void> =>
    writing.write({
      segmentId: `segment-${index}`,
      stage,
      text,
      startSample: index * 1000,
      endSample: index * 1000 + 900,
    });
  return { writing, write, edits, field };
}

describe('in the middle of a sentence', () => {
  const middle = { before: '(comma) and ', after: 'later' };

  test('a draft and its better text lose capital and full stop, and a space follows', async () => {
    const { writing, write, field } = open(middle);
    await writing.endWith('segment-1');
    await write(1, 'draft', 'That is a lot of righting.');
    expect(field.text).toBe('that is a lot of righting ');
    await write(1, 'refined', 'That is a lot of writing.');
    expect(field.text).toBe('that is a lot of writing ');
  });

  test('only the last segment gives up its full stop', async () => {
    const { writing, write, field } = open(middle);
    await write(1, 'draft', 'That is one.');
    await writing.endWith('segment-2');
    await write(2, 'draft', 'That is two.');
    expect(field.text).toBe('that is one. That is two ');
  });

  test('a last segment that stands when the dictation ends is made to fit then', async () => {
    const { writing, write, edits, field } = open(middle);
    await write(1, 'draft', 'That is one.');
    expect(field.text).toBe('that is one. ');
    await writing.endWith('segment-1');
    expect(field.text).toBe('that is one ');
    expect(edits.at(-1)).toMatchObject({ cause: 'draft', changes: [{ segmentId: 'segment-1', insert: '' }] });
  });

  test('an end that the sink does not change leaves the outcome of the words as it is', async () => {
    const { writing, write, field } = open(middle, { refuses: ({ revision }) => revision === 2 });
    await write(1, 'draft', 'That is one.');
    await writing.endWith('segment-1');
    expect(field.text).toBe('that is one. ');
    expect(writing.segments).toMatchObject([{ outcome: { kind: 'applied' } }]);
  });

  test('undo brings back the draft as it fitted, then takes all of it', async () => {
    const { writing, write, field } = open(middle);
    await writing.endWith('segment-1');
    await write(1, 'draft', 'One thin.');
    await write(1, 'refined', 'One thing.');
    const undo = { cause: 'undo', all: false, untilSample: 9_999 } as const;
    await writing.undo(undo, never);
    expect(field.text).toBe('one thin ');
    await writing.undo(undo, never);
    expect(field.text).toBe('');
  });
});

test('between segments of one dictation, a sentence goes on without a capital', async () => {
  const { write, field } = open({});
  await write(1, 'draft', "It's basically going to be,");
  await write(2, 'draft', 'The voice notes up.');
  await write(3, 'draft', 'And more.');
  expect(field.text).toBe("It's basically going to be, the voice notes up. And more.");
});

test('a profile that does not want it gets its texts as they were recognised', async () => {
  const { writing, write, field } = open({ before: 'I said that ', after: 'later' }, { fit: false });
  await writing.endWith('segment-1');
  await write(1, 'draft', 'We must go.');
  expect(field.text).toBe('We must go. ');
});

test('what the result says is what stands where nothing is known of the place', () => {
  expect(joined(['So we,', 'The two of us,', '', 'Left.'], fitOf({ language: 'en', words: [] }))).toBe(
    'So we, the two of us, left.',
  );
});

test('a text that is put behind others changes none of them, whatever stands around', () => {
  const text = fc.constantFrom('One.', 'two', '日本', '(three)', '"four"', '-');
  const around = fc.constantFrom('', 'word', ' word', '日', '(', ')', '"', '\n');
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, around, around, (texts, more, before, after) => {
      const place = { before, after };
      const one = spaced(texts, place);
      const two = spaced([...texts, more], place);
      const words = (pieces: readonly string[]): string[] => pieces.map((piece) => piece.trim());
      expect(words(two.slice(0, -1))).toEqual(words(one));
      expect(two.slice(0, -2)).toEqual(one.slice(0, -1));
    }),
  );
});
