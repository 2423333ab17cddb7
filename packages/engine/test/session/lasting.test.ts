import { definePlugin } from '@voiceinput/plugin-api';
import type { Edit } from '@voiceinput/plugin-api';
import { describe, expect, test, vi } from 'vitest';
import { never, play, speech } from './stage.ts';

const says = (...texts: string[]) => ({ script: texts.map((text) => ({ text })) });
const lasting = { lasting: true, partials: false };

describe('a sink that outlives its dictations', () => {
  test('gets the drafts in the order in which they were spoken, whatever is read first', () =>
    play({ fast: { script: [{ text: 'Hello.', repeat: true }] }, sink: lasting }, async ({ engine, recording }) => {
      // The first goes on for two seconds; the second is read at once.
      const slow = engine.dictate({ ...speech(1, { realtime: true }), sessionId: 'a' }, never());
      const quick = engine.dictate({ ...speech(1), sessionId: 'b' }, never());
      await Promise.all([slow, quick]);
      expect(recording.edits.map(({ sessionId }) => sessionId)).toEqual(['a', 'b']);
    }));

  test('a dictation that fails lets the next one write', () =>
    play({ fast: says('Hello.'), sink: lasting }, async ({ engine, recording }) => {
      const broken = engine.dictate({ ...speech(0, { fail: 'torn off' }), sessionId: 'a' }, never());
      const whole = engine.dictate({ ...speech(1), sessionId: 'b' }, never());
      expect((await broken).outcome).toBe('failed');
      expect((await whole).outcome).toBe('done');
      expect(recording.edits.map(({ sessionId }) => sessionId)).toEqual(['b']);
    }));

  test('an undo brings the draft back, a second one takes all of it away, a third finds nothing', () =>
    play(
      { fast: says('I red it.', 'Good.'), refine: says('I read it.', 'Good.'), sink: lasting },
      async ({ engine, recording }) => {
        await engine.dictate({ ...speech(2), sessionId: 'a' }, never());
        expect(recording.text).toBe('I read it. Good.');
        const applied = { kind: 'applied', proof: 'verified' };
        expect(await engine.undo('a', never())).toEqual({ left: 'draft', edits: [applied] });
        expect(recording.text).toBe('I red it. Good.');
        expect(await engine.undo('a', never())).toEqual({ left: 'nothing', edits: [applied, applied] });
        expect(recording.text).toBe('');
        expect(recording.edits.slice(-3).map(({ cause }) => cause)).toEqual(['undo', 'undo', 'undo']);
        expect((await engine.undo('a', never())).edits).toEqual([]);
        expect((await engine.undo('nobody', never())).edits).toEqual([]);
      },
    ));

  test('two undos are two steps, also when the second comes before the first is done', async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return undefined;
    };
    await play(
      { fast: says('I red it.'), refine: says('I read it.'), sink: { ...lasting, answer: slow } },
      async ({ engine, recording }) => {
        await engine.dictate({ ...speech(1), sessionId: 'a' }, never());
        const both = await Promise.all([engine.undo('a', never()), engine.undo('a', never())]);
        expect(both.map(({ left }) => left)).toEqual(['draft', 'nothing']);
        expect(recording.text).toBe('');
      },
    );
  });

  test('an undo that is under way when the engine closes ends soon, and nothing is asked of a closed sink', async () => {
    const calls: string[] = [];
    const plugin = definePlugin<'sink', never>({
      id: 'sink-hanging',
      kind: 'sink',
      api: 1,
      title: 'Never answers an undo',
      capabilities: { partials: false, lasting: true },
      create: async () => ({
        begin: async () => ({}),
        apply: ({ cause }) => {
          calls.push(cause);
          return cause === 'undo'
            ? new Promise(() => undefined)
            : Promise.resolve({ kind: 'applied', proof: 'verified' } as const);
        },
        end: async () => undefined,
        close: async () => void calls.push('close'),
      }),
    });
    const sink = { use: plugin.id, options: {} };
    await play({ fast: says('Hello.'), more: [{ plugin, url: 'unused' }] }, async ({ engine }) => {
      await engine.dictate({ ...speech(1), sink, sessionId: 'a' }, never());
      const undone = engine.undo('a', never());
      await vi.waitFor(() => expect(calls).toContain('undo'), 20_000);
      await engine.close();
      expect(await undone).toMatchObject({
        left: 'nothing',
        edits: [{ kind: 'refused', reason: 'ERR_PLUGIN_TIMEOUT' }],
      });
      expect(await engine.undo('a', never())).toEqual({ left: 'nothing', edits: [] });
    });
    expect(calls).toEqual(['draft', 'undo', 'close']);
  });

  test('what is refined after an undo is refused as superseded and never reaches the sink', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const waiting = definePlugin<'postprocessor', never>({
      id: 'post-waiting',
      kind: 'postprocessor',
      api: 1,
      title: 'Waits for the undo',
      capabilities: { scope: 'segment', stages: ['refined'] },
      create: async () => ({
        process: async (transcript) => (await gate, transcript),
        close: async () => undefined,
      }),
    });
    await play(
      {
        fast: says('Draft.'),
        refine: says('Refined.'),
        sink: lasting,
        more: [{ plugin: waiting, url: 'unused' }],
        profile: { post: [{ use: waiting.id, options: {} }] },
      },
      async ({ engine, recording, events }) => {
        const dictation = engine.dictate({ ...speech(1), sessionId: 'a' }, never());
        await expect.poll(() => recording.text).toBe('Draft.');
        await engine.undo('a', never());
        open();
        const result = await dictation;
        expect(recording.text).toBe('');
        expect(result.segments[0]?.outcome).toEqual({
          kind: 'refused',
          reason: 'superseded',
          explanation: 'it was already undone',
        });
        expect(events.filter(({ type }) => type === 'edit').at(-1)).toMatchObject({
          outcome: { reason: 'superseded' },
        });
        expect(recording.edits.map(({ cause }: Edit) => cause)).toEqual(['draft', 'undo']);
      },
    );
  });

  test('what is said after an undo is written: only what was said before is taken back', () =>
    play({ fast: { script: [{ text: 'One.', repeat: true }] }, sink: lasting }, async ({ engine, recording }) => {
      const key = new AbortController();
      const spoken = { ...speech(30, { realtime: true, frameMs: 20 }), sessionId: 'a', released: key.signal };
      const dictation = engine.dictate(spoken, never());
      await vi.waitFor(() => expect(recording.text).toBe('One.'), 20_000);
      await engine.undo('a', never());
      expect(recording.text).toBe('');
      await vi.waitFor(() => expect(recording.text).toBe('One.'), 20_000);
      key.abort();
      expect((await dictation).segments.map(({ outcome }) => outcome?.kind)).toContain('applied');
    }));

  test('a dictation that is cancelled takes back what it wrote', () =>
    play({ fast: { script: [{ text: 'One.', repeat: true }] }, sink: lasting }, async ({ engine, recording }) => {
      const cancelling = new AbortController();
      const dictation = engine.dictate(speech(30, { realtime: true, frameMs: 20 }), cancelling.signal);
      await vi.waitFor(() => expect(recording.text).toBe('One.'), 20_000);
      cancelling.abort();
      expect((await dictation).outcome).toBe('cancelled');
      expect(recording.text).toBe('');
    }));

  test('a dictation that is cancelled takes back what was shown while it was said', () =>
    play(
      {
        fast: { script: [{ text: 'One two three four five six', msPerWord: 200, repeat: true }] },
        sink: { lasting: true, partials: true },
      },
      async ({ engine, recording }) => {
        const cancelling = new AbortController();
        const score = [{ sound: 'sine', ms: 6000 }];
        const source = { use: 'source-samples', options: { score, realtime: true, frameMs: 20 } };
        const dictation = engine.dictate({ ...speech(1), source }, cancelling.signal);
        await vi.waitFor(() => expect(recording.text).not.toBe(''), 20_000);
        expect(recording.edits.map(({ cause }) => cause)).not.toContain('draft');
        cancelling.abort();
        expect((await dictation).outcome).toBe('cancelled');
        expect(recording.text).toBe('');
      },
    ));

  test.each(['cancel', 'undo'] as const)('what is being written at a %s is taken back too', async (way) => {
    let writing = 0;
    const slow = async ({ cause }: Edit) => {
      if (cause === 'draft') {
        writing += 1;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      return undefined;
    };
    await play(
      { fast: { script: [{ text: 'One.', repeat: true }] }, sink: { ...lasting, answer: slow } },
      async ({ engine, recording }) => {
        const cancelling = new AbortController();
        const dictation = engine.dictate({ ...speech(1), sessionId: 'a' }, cancelling.signal);
        await vi.waitFor(() => expect(writing).toBe(1), 20_000);
        if (way === 'cancel') cancelling.abort();
        else expect((await engine.undo('a', never())).edits).toEqual([{ kind: 'applied', proof: 'verified' }]);
        await dictation;
        expect(recording.text).toBe('');
        expect(recording.edits.map(({ cause }) => cause)).toEqual(['draft', way]);
      },
    );
  });

  test('a secret field is not refined, and its words reach no observer', () =>
    play(
      {
        fast: says('hunter2'),
        refine: says('Hunter two.'),
        sink: { ...lasting, beginning: { secret: true, app: 'Login' } },
      },
      async ({ engine, recording, events }) => {
        const result = await engine.dictate(speech(1), never());
        expect(result).toMatchObject({ text: 'hunter2', secret: true, app: 'Login' });
        expect(recording.edits.map(({ cause }) => cause)).toEqual(['draft']);
        expect(events.filter((event) => event.type === 'text' && event.text !== undefined)).toEqual([]);
      },
    ));

  test('an application where the user wants no better reading gets none', () =>
    play(
      { fast: says('helo'), refine: says('Hello.'), sink: { ...lasting, beginning: { hybrid: false } } },
      async ({ engine, events }) => {
        const result = await engine.dictate(speech(1), never());
        expect(result.text).toBe('helo');
        expect(result.lanes.refine).toBeUndefined();
        expect(events.filter((event) => event.type === 'run-started' && event.lane === 'refine')).toEqual([]);
      },
    ));

  test('words of the application are known beside those of the profile', async () => {
    const known: (readonly string[])[] = [];
    const listening = definePlugin<'postprocessor', never>({
      id: 'post-listening',
      kind: 'postprocessor',
      api: 1,
      title: 'Listens',
      capabilities: { scope: 'segment', stages: ['draft'] },
      create: async () => ({
        async process(transcript, { words }) {
          known.push(words);
          return transcript;
        },
        close: async () => undefined,
      }),
    });
    const profile = { words: ['Anna'], post: [{ use: 'post-listening', options: {} }] };
    const more = [{ plugin: listening, url: 'unused' }];
    const sink = { ...lasting, beginning: { words: ['GtkSourceView'] } };
    await play({ fast: says('x'), profile, more, sink }, ({ engine }) => engine.dictate(speech(1), never()));
    expect(known).toEqual([['Anna', 'GtkSourceView']]);
  });
});
