import { definePlugin } from '@voiceinput/plugin-api';
import { existsSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { scriptedRunner } from '@voiceinput/testkit';
import { never, play, speech } from './stage.ts';

/** A runner is opened in a process of its own. */
const nobody = (): never => {
  throw new Error('opened here');
};

const says = (...texts: string[]) => ({ script: texts.map((text) => ({ text })) });

describe('a dictation with two stages', () => {
  test('drafts come first, then each is replaced in place', () =>
    play(
      { fast: says('I red it.', 'Good book.'), refine: says('I read it.', 'Good book!') },
      async ({ engine, recording, events }) => {
        const result = await engine.dictate(speech(2), never());
        expect(result).toMatchObject({
          outcome: 'done',
          label: 'speech.wav',
          draft: 'I red it. Good book.',
          text: 'I read it. Good book!',
          audioSamples: 64_000,
          lanes: {
            fast: { runner: 'runner-scripted', model: 'scripted' },
            refine: { decision: 'replaced', segments: { replaced: 2 } },
          },
        });
        expect(recording.text).toBe('I read it. Good book!');
        const stages = (id: string) =>
          recording.edits.filter(({ segmentId }) => segmentId === id).map(({ cause }) => cause);
        expect(stages('segment-1')).toEqual(['draft', 'refined']);
        expect(stages('segment-2')).toEqual(['draft', 'refined']);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1 + (events[0]!.seq - 1)));
        expect(result.draftMs).toBeLessThanOrEqual(result.refinedMs!);
      },
    ));

  test('the refined text is never lost when the fast lane is slow', () =>
    play(
      { fast: { script: [{ text: 'Slow.', delayMs: 150 }] }, refine: says('Slow!') },
      async ({ engine, recording }) => {
        await engine.dictate(speech(1), never());
        expect(recording.edits.map(({ cause }) => cause)).toEqual(['draft', 'refined']);
        expect(recording.text).toBe('Slow!');
      },
    ));

  test('a draft that is sure is confirmed without a second reading', () =>
    play(
      {
        fast: { script: [{ text: 'Yes.', meanLogProb: -0.01 }] },
        refine: says('No.'),
        profile: { skipRefineAboveLogProb: -0.1 },
      },
      async ({ engine, recording, events }) => {
        const result = await engine.dictate(speech(1), never());
        expect(result).toMatchObject({ text: 'Yes.', lanes: { refine: { decision: 'confirmed' } } });
        expect(recording.edits.at(-1)).toMatchObject({ cause: 'refined', changes: [] });
        expect(events.flatMap((event) => (event.type === 'run-started' ? [event.lane] : []))).toEqual(['fast']);
      },
    ));

  test('a doubtful draft is not read again', () =>
    play(
      { fast: { script: [{ text: 'Nein.', language: 'en', doubtful: 'language' }] }, refine: says('Nine.') },
      async ({ engine, events }) => {
        const result = await engine.dictate(speech(1), never());
        expect(result).toMatchObject({
          text: 'Nein.',
          lanes: { refine: { decision: 'kept' } },
          segments: [{ doubtful: 'language' }],
        });
        expect(events.flatMap((event) => (event.type === 'run-started' ? [event.lane] : []))).toEqual(['fast']);
      },
    ));

  test('the draft finds the language, the second reading follows it, and the next draft knows it', () =>
    play(
      {
        fast: {
          script: [
            { when: { toSample: 30_000 }, saysLanguages: true, language: 'ru', repeat: true },
            { saysLanguages: true, repeat: true },
          ],
        },
        refine: { script: [{ saysLanguages: true, repeat: true }] },
        profile: { languages: ['en', 'ru'] },
      },
      async ({ engine, recording }) => {
        // In real time the first draft is there before the second segment ends.
        await engine.dictate(speech(2, { realtime: true }), never());
        const textsOf = (cause: string) =>
          recording.edits.flatMap((edit) => (edit.cause === cause ? [edit.segment.text] : []));
        expect(textsOf('draft')).toEqual(['none of en, ru', 'ru of en, ru']);
        expect(textsOf('refined')).toEqual(['ru of any', 'ru of en, ru']);
      },
    ));

  test('a second reading with the same words agrees', () =>
    play({ fast: says('Yes.'), refine: says('Yes.') }, async ({ engine }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ lanes: { refine: { decision: 'agreed' } } });
    }));

  test.each([
    ['empty', ''],
    ['far shorter', 'So.'],
    ['a loop', 'so it is so it is so it is so it is so it is'],
    ['in another script', 'вот как оно есть на деле'],
  ])('the draft stays when the refined text is %s', (_, refined) =>
    play({ fast: says('So that is how it is.'), refine: says(refined) }, async ({ engine, recording }) => {
      const result = await engine.dictate(speech(1), never());
      expect(result).toMatchObject({ text: 'So that is how it is.', lanes: { refine: { decision: 'kept' } } });
      expect(recording.text).toBe('So that is how it is.');
    }),
  );

  test('an empty segment in the middle leaves one separator', () =>
    play({ fast: says('One.', '', 'Three.'), refine: says('One!', '', 'Three!') }, async ({ engine, recording }) => {
      const result = await engine.dictate(speech(3), never());
      expect(recording.text).toBe('One! Three!');
      expect(result).toMatchObject({ draft: 'One. Three.', text: 'One! Three!' });
    }));

  test('without hybrid there is only the draft', () =>
    play({ fast: says('Just this.') }, async ({ engine, recording, events }) => {
      const result = await engine.dictate(speech(1), never());
      expect(result).toMatchObject({ draft: 'Just this.', text: 'Just this.' });
      expect(result.lanes.refine).toBeUndefined();
      expect(result.refinedMs).toBeUndefined();
      expect(recording.edits).toHaveLength(1);
      expect(events.filter((event) => event.type === 'lane-ready')).toHaveLength(1);
    }));

  test('silence gives no text and wakes no runner', () =>
    play({ fast: says('Thank you.'), refine: says('Thank you.') }, async ({ engine, recording, events }) => {
      const source = { use: 'source-samples', options: { score: [{ sound: 'silence', ms: 3000 }] } };
      const result = await engine.dictate({ ...speech(0), source }, never());
      expect(result).toMatchObject({ outcome: 'no-speech', text: '', audioSamples: 48_000 });
      expect(recording.edits).toEqual([]);
      expect(events.some(({ type }) => type === 'run-started')).toBe(false);
    }));

  test('at the speed of speech words are heard while they are said', () =>
    play(
      {
        fast: { script: [{ text: 'one two three four five', msPerWord: 200, repeat: true }] },
        refine: says('One two three.'),
      },
      async ({ engine, recording }) => {
        const result = await engine.dictate(speech(1, { realtime: true, frameMs: 20 }), never());
        const partials = recording.edits.filter(({ cause }) => cause === 'partial').map(({ segment }) => segment.text);
        expect(partials.length).toBeGreaterThan(0);
        expect('one two three four five').toContain(partials[0]);
        expect(recording.text).toBe('One two three.');
        expect(result.draftMs).toBeLessThan(500);
      },
    ));

  test('a pause is read as if it were the end: when nothing more is said, that reading is the draft', () =>
    play({ fast: { script: [{ text: 'All of it.', repeat: true }] } }, async ({ engine, events }) => {
      await engine.ready(never());
      const score = [
        { sound: 'sine', ms: 600 },
        { sound: 'silence', ms: 350 },
      ];
      const source = { use: 'source-samples', options: { score, frameMs: 20, realtime: true } };
      const result = await engine.dictate({ ...speech(0), source }, never());
      expect(result.draft).toBe('All of it.');
      expect(events.some(({ type }) => type === 'run-started')).toBe(false);
    }));

  test('a sink that wants no partials gets none', () =>
    play(
      {
        fast: { script: [{ text: 'one two three four five', msPerWord: 200, repeat: true }] },
        sink: { partials: false },
      },
      async ({ engine, recording }) => {
        await engine.dictate(speech(1, { realtime: true, frameMs: 20 }), never());
        expect(recording.edits.map(({ cause }) => cause)).toEqual(['draft']);
      },
    ));

  test('the first words are separated from what the sink found before the caret', () =>
    play(
      { fast: says('Hello.'), sink: { beginning: { surroundings: { before: 'Dear Sir,' } } } },
      async ({ engine, recording }) => {
        await engine.dictate(speech(1), never());
        expect(recording.text).toBe(' hello.');
      },
    ));

  test('events carry words only for those who asked', () =>
    play({ fast: says('Secret.') }, async ({ engine, events }) => {
      const silent: string[] = [];
      engine.watch((event) => silent.push(JSON.stringify(event)));
      await engine.dictate(speech(1), never());
      expect(silent.join()).not.toContain('Secret');
      expect(JSON.stringify(events)).toContain('Secret');
    }));

  test('control characters of a runner never reach a sink', () =>
    play({ fast: says('a\u001b[31mb\u0007c\u202ed\ne') }, async ({ engine, recording }) => {
      await engine.dictate(speech(1), never());
      expect(recording.text).toBe('abcd e');
    }));

  test('a post-processor of the whole session has its turn at the end, and only its words change', () => {
    const quotes = definePlugin<'postprocessor', never>({
      id: 'post-quotes',
      kind: 'postprocessor',
      api: 1,
      title: 'Puts the whole into quotation marks',
      capabilities: { scope: 'session', stages: ['refined'] },
      create: async () => ({ process: async ({ text }) => ({ text: `“${text}”` }), close: async () => undefined }),
    });
    return play(
      {
        fast: says('One.', 'Two.'),
        refine: says('One!', 'Two!'),
        profile: { post: [{ use: 'post-quotes', options: {} }] },
        more: [{ plugin: quotes, url: 'unused' }],
      },
      async ({ engine, recording }) => {
        const result = await engine.dictate(speech(2), never());
        expect(result).toMatchObject({ draft: 'One. Two.', text: '“One! Two!”' });
        expect(recording.text).toBe('“One! Two!”');
      },
    );
  });

  test('several dictations at once do not disturb each other', () =>
    play({ fast: { script: [{ text: 'Same words.', repeat: true }] } }, async ({ engine }) => {
      const results = await Promise.all([engine.dictate(speech(2), never()), engine.dictate(speech(1), never())]);
      expect(results.map(({ text }) => text)).toEqual(['Same words. Same words.', 'Same words.']);
    }));

  test('the engine tells its processes, and no longer those that are gone', () =>
    play({ fast: says('Yes.'), refine: says('Yes.') }, async ({ engine, events }) => {
      await engine.ready(never());
      const processes = await engine.processes();
      expect(processes.map(({ name }) => name)).toEqual(['main', 'fast', 'refine']);
      expect(new Set(processes.map(({ pid }) => pid)).size).toBe(3);
      for (const { memoryBytes } of processes) {
        if (existsSync('/proc/self/smaps_rollup')) expect(memoryBytes).toBeGreaterThan(10_000_000);
        else expect(memoryBytes).toBeUndefined();
      }
      process.kill(processes[2]!.pid, 'SIGKILL');
      await vi.waitFor(() => expect(events.some(({ type }) => type === 'lane-died')).toBe(true), 20_000);
      expect((await engine.processes()).map(({ name }) => name)).toEqual(['main', 'fast']);
    }));

  test('each segment is read again by the runner of its language', () => {
    const says = (text: string) => ({ use: 'runner-scripted', options: { script: [{ text, repeat: true }] } });
    const fast = { script: [{ text: 'uno', language: 'it' }, { text: 'один', language: 'ru' }, { text: 'one' }] };
    const refineFor = [
      { ...says('Один.'), languages: ['ru', 'uk'] },
      { ...says('Uno.'), languages: ['it'] },
    ];
    const profile = { languages: ['it', 'ru', 'en'], refine: says('One.'), refineFor };
    return play({ fast, refine: {}, profile }, async ({ engine }) => {
      const { text } = await engine.dictate(speech(3), never());
      expect(text).toBe('Uno. Один. One.');
    });
  });

  test('speech is cut before it is longer than a runner accepts', () => {
    const script = [{ repeat: true, text: 'word '.repeat(60).trim(), msPerWord: 100 }];
    const runner = { ...scriptedRunner({ id: 'runner-short', capabilities: { maxClipMs: 2_000 } }), create: nobody };
    const url = import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner');
    const fast = { use: 'runner-short', options: { script } };
    return play({ fast: {}, more: [{ plugin: runner, url }], profile: { fast } }, async ({ engine }) => {
      const score = [
        { sound: 'sine', ms: 5_000 },
        { sound: 'silence', ms: 500 },
      ];
      const source = { use: 'source-samples', options: { score, frameMs: 100 } };
      const { segments } = await engine.dictate({ ...speech(0), source }, never());
      expect(segments.length).toBeGreaterThan(2);
      for (const { startSample, endSample } of segments) expect(endSample - startSample).toBeLessThanOrEqual(32_000);
    });
  });
});
