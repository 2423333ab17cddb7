import { describe, expect, test } from 'vitest';
import { never, play, speech } from './stage.ts';

const scene = { fast: { script: [{ text: 'Hello.', repeat: true }] } };
const lasting = { lasting: true, partials: false };
const { sink } = speech(0);
const asked = { label: 'history', sessionId: 'pasted', sink, text: 'Said before.' };

describe('a text that is inserted', () => {
  test('is written with its separator, told like a dictation, and taken back', () =>
    play(
      { ...scene, sink: { ...lasting, beginning: { surroundings: { before: 'Dear Anna,' } } } },
      async ({ engine, recording, events }) => {
        expect(await engine.insert(asked, never())).toEqual({ kind: 'applied', proof: 'verified' });
        expect(recording.text).toBe(' said before.');
        expect(recording.ended.map(({ text }) => text)).toEqual(['Said before.']);
        const texts = events.flatMap((event) => (event.type === 'text' ? [event.stage] : []));
        expect(texts).toEqual(['draft', 'refined']);
        expect(recording.edits.map(({ cause, changes }) => [cause, changes.length])).toEqual([
          ['draft', 1],
          ['refined', 0],
        ]);
        expect((await engine.undo('pasted', never())).edits).toEqual([{ kind: 'applied', proof: 'verified' }]);
        expect(recording.text).toBe('');
      },
    ));

  test('waits for the dictation before it', () =>
    play({ ...scene, sink: lasting }, async ({ engine, recording }) => {
      const dictation = engine.dictate({ ...speech(1, { realtime: true }), sessionId: 'spoken' }, never());
      await Promise.all([dictation, engine.insert(asked, never())]);
      expect(recording.edits.map(({ sessionId }) => sessionId)).toEqual(['spoken', 'pasted', 'pasted']);
    }));

  test('that the sink does not take says so, and lets the next one write', () =>
    play(
      { ...scene, sink: { ...lasting, answer: () => ({ kind: 'offered', reason: 'no field' }) } },
      async ({ engine }) => {
        expect(await engine.insert(asked, never())).toEqual({ kind: 'offered', reason: 'no field' });
        expect((await engine.dictate(speech(1), never())).outcome).toBe('done');
      },
    ));

  test('fails with what the sink throws', () =>
    play(
      {
        ...scene,
        sink: {
          ...lasting,
          answer: () => {
            throw new Error('no paper');
          },
        },
      },
      async ({ engine }) => {
        await expect(engine.insert(asked, never())).rejects.toThrow(/sink-recording failed in apply: no paper/);
      },
    ));
});
