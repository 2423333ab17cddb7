import type { EngineEvent } from '@voiceinput/plugin-api';
import { definePlugin } from '@voiceinput/plugin-api';
import type { RecordingSinkOptions } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';
import { never, play, speech } from './stage.ts';
import type { Scene } from './stage.ts';

/** Fails in one of its methods. */
function brokenSink(method: string) {
  const failIn = (name: string): void => {
    if (name === method) throw new Error('no desktop');
  };
  return definePlugin<'sink'>({
    id: 'sink-broken',
    kind: 'sink',
    api: 1,
    title: 'Fails',
    capabilities: { partials: false, lasting: true },
    async create() {
      failIn('create');
      return {
        begin: async () => {
          failIn('begin');
          return {};
        },
        surroundings: async () => {
          failIn('surroundings');
          return undefined;
        },
        apply: async () => ({ kind: 'applied', proof: 'verified' }),
        end: async () => undefined,
        close: async () => undefined,
      };
    },
  });
}

describe('trouble in a lane', () => {
  test('the fast lane fails: the refined text still comes', () =>
    play(
      { fast: { script: [{ fail: 'no weights' }] }, refine: { script: [{ text: 'Here I am.' }] } },
      async ({ engine, recording, events }) => {
        const result = await engine.dictate(speech(1), never());
        expect(result).toMatchObject({ outcome: 'done', draft: '', text: 'Here I am.' });
        expect(recording.text).toBe('Here I am.');
        expect(events).toContainEqual(
          expect.objectContaining({ type: 'warning', error: expect.objectContaining({ code: 'ERR_MODEL_FILES' }) }),
        );
      },
    ));

  test('the refine lane fails: the draft stays', () =>
    play(
      { fast: { script: [{ text: 'Draft.' }] }, refine: { script: [{ throw: 'boom' }] } },
      async ({ engine, recording, events }) => {
        const result = await engine.dictate(speech(1), never());
        expect(result).toMatchObject({ outcome: 'done', text: 'Draft.', lanes: { refine: { decision: 'kept' } } });
        expect(recording.text).toBe('Draft.');
        expect(events).toContainEqual(
          expect.objectContaining({
            type: 'warning',
            error: expect.objectContaining({
              code: 'ERR_PLUGIN_FAILED',
              message: 'runner-scripted failed in run: boom',
            }),
          }),
        );
      },
    ));

  test('a process that dies is started anew, and only what it could not read is lost', () =>
    play(
      {
        fast: { script: [{ when: { fromSample: 0, toSample: 30_000 }, die: true }, { text: 'Second.' }] },
        refine: { script: [{ text: 'First!' }, { text: 'Second!' }] },
      },
      async ({ engine, events }) => {
        const result = await engine.dictate(speech(2), never());
        expect(result).toMatchObject({ outcome: 'done', draft: 'Second.', text: 'First! Second!' });
        expect(events.filter(({ type }) => type === 'lane-died')).toHaveLength(2);
      },
    ));

  test('the refining process dies: the draft stays', () =>
    play({ fast: { script: [{ text: 'Draft.' }] }, refine: { script: [{ die: true }] } }, async ({ engine }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ outcome: 'done', text: 'Draft.' });
    }));

  test('both lanes fail: the dictation says why, and later segments are still read', () =>
    play(
      {
        fast: { script: [{ fail: 'gone' }, { text: 'Second.' }] },
        refine: { script: [{ fail: 'gone' }, { text: 'Second.' }] },
      },
      async ({ engine }) => {
        const result = await engine.dictate(speech(2), never());
        expect(result).toMatchObject({ outcome: 'failed', text: 'Second.', error: { code: 'ERR_MODEL_FILES' } });
      },
    ));

  test('no lane opens: the dictation ends at once with the reason', () =>
    play({ fast: { createFail: 'bad disk' }, refine: { createFail: 'bad disk' } }, async ({ engine }) => {
      const endless = speech(1, { hang: true });
      const result = await engine.dictate(endless, never());
      expect(result).toMatchObject({
        outcome: 'failed',
        error: { code: 'ERR_PLUGIN_FAILED', message: 'runner-scripted failed in create: bad disk' },
      });
    }));

  test('one lane does not open: the other does the work', () =>
    play({ fast: { createFail: 'bad disk' }, refine: { script: [{ text: 'Better late.' }] } }, async ({ engine }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ outcome: 'done', text: 'Better late.' });
    }));
});

describe('trouble elsewhere', () => {
  test('a source that fails keeps what was said before', () =>
    play({ fast: { script: [{ text: 'Said before.' }] } }, async ({ engine, recording }) => {
      const result = await engine.dictate(speech(1, { fail: 'unplugged' }), never());
      expect(result).toMatchObject({ outcome: 'failed', text: 'Said before.', error: { code: 'ERR_PLUGIN_FAILED' } });
      expect(recording.text).toBe('Said before.');
      expect(recording.ended).toHaveLength(1);
    }));

  test('a sink that throws costs its edit, not the words', () =>
    play(
      {
        fast: { script: [{ text: 'One.' }, { text: 'Two.' }] },
        sink: {
          answer: ({ revision }) => {
            if (revision === 1) throw new Error('field gone');
            return undefined;
          },
        },
      },
      async ({ engine }) => {
        const result = await engine.dictate(speech(2), never());
        expect(result).toMatchObject({ outcome: 'failed', text: 'One. Two.', error: { code: 'ERR_PLUGIN_FAILED' } });
      },
    ));

  test.each(['create', 'begin'])('a sink that fails in %s: what is spoken is still heard and kept', (method) =>
    play(
      {
        fast: { script: [{ text: 'Not lost.', repeat: true }] },
        more: [{ plugin: brokenSink(method), url: 'unused' }],
      },
      async ({ engine, events }) => {
        const sink = { use: 'sink-broken', options: {} };
        const spoken = await engine.dictate({ ...speech(1, { realtime: true }), sink }, never());
        expect(spoken).toMatchObject({
          outcome: 'failed',
          text: 'Not lost.',
          error: { message: expect.stringMatching(/no desktop/) },
        });
        expect(spoken.segments[0]?.outcome).toEqual({
          kind: 'refused',
          reason: 'ERR_PLUGIN_FAILED',
          explanation: 'A plugin threw an error',
        });
        const before = events.findIndex(({ type }) => type === 'warning');
        expect(before).toBeGreaterThan(-1);
        expect(before).toBeLessThan(events.findIndex(({ type }) => type === 'audio-started'));
        // A file can be read again: it says so at once.
        expect(await engine.dictate({ ...speech(1), sink }, never())).toMatchObject({ outcome: 'failed', text: '' });
      },
    ),
  );

  test('a sink that does not know what stands before: the words are still written', () =>
    play(
      { fast: { script: [{ text: 'Written.' }] }, more: [{ plugin: brokenSink('surroundings'), url: 'unused' }] },
      async ({ engine }) => {
        const sink = { use: 'sink-broken', options: {} };
        const { segments } = await engine.dictate({ ...speech(1), sink }, never());
        expect(segments).toMatchObject([{ text: 'Written.', outcome: { kind: 'applied' } }]);
      },
    ));

  test('a post-processor that throws costs its change, not the words', () => {
    const broken = definePlugin({
      id: 'post-broken',
      kind: 'postprocessor',
      api: 1,
      title: 'Throws',
      capabilities: { scope: 'segment', stages: ['draft', 'refined'] },
      create: async () => ({ process: () => Promise.reject(new Error('no')), close: async () => undefined }),
    });
    return play(
      {
        fast: { script: [{ text: 'Kept.' }] },
        profile: { post: [{ use: 'post-broken', options: {} }] },
        more: [{ plugin: broken, url: 'unused' }],
      },
      async ({ engine, events }) => {
        expect(await engine.dictate(speech(1), never())).toMatchObject({ outcome: 'done', text: 'Kept.' });
        expect(events).toContainEqual(
          expect.objectContaining({
            type: 'warning',
            error: expect.objectContaining({ message: 'post-broken failed in process: no' }),
          }),
        );
      },
    );
  });

  test('a profile that names a plugin which is not there', async () => {
    await expect(() =>
      play({ fast: {}, profile: { fast: { use: 'runner-absent', options: {} } } }, async () => undefined),
    ).rejects.toMatchObject({ code: 'ERR_PLUGIN_NOT_FOUND' });
  });
});

describe('abort', () => {
  const waitsForAbort: RecordingSinkOptions = {
    answer: (_, signal) =>
      new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  };
  const hangs = { script: [{ hang: true as const }] };
  const opensForever = { createDelayMs: 60_000 };
  const during = (lane: string) => (event: EngineEvent) => event.type === 'run-started' && event.lane === lane;

  test.each<[string, (event: EngineEvent) => boolean, Partial<Scene> & { source?: object; draft?: string }]>([
    ['at the beginning', ({ type }) => type === 'session-started', {}],
    ['while listening', ({ type }) => type === 'audio-started', { source: { realtime: true, frameMs: 20 } }],
    ['while the fast lane reads', during('fast'), { fast: hangs }],
    ['while the refine lane reads', during('refine'), { refine: hangs, draft: 'Draft.' }],
    ['while a deaf runner reads', during('fast'), { fast: { script: [{ hang: 'deaf' }] } }],
    ['while the sink takes its time', ({ type }) => type === 'text', { sink: waitsForAbort, draft: 'Draft.' }],
    [
      'while a lane is still opening',
      ({ type }) => type === 'segment-closed',
      { fast: opensForever, refine: opensForever },
    ],
  ])('%s ends the dictation with all that was recognised', (_, isTime, { source, draft = '', ...scene }) =>
    play(
      { fast: { script: [{ text: 'Draft.' }] }, refine: { script: [{ text: 'Refined.' }] }, ...scene },
      async ({ engine, recording }) => {
        const control = new AbortController();
        engine.watch((event) => {
          if (isTime(event)) setTimeout(() => control.abort(new Error('enough')), 20);
        });
        const result = await engine.dictate(speech(1, { hang: true, ...source }), control.signal);
        expect(result).toMatchObject({ outcome: 'cancelled', draft, text: draft });
        expect(result.error).toBeUndefined();
        expect(recording.ended.length).toBe(recording.begun.length);
      },
    ),
  );

  test('a runner that does not listen to it loses its process, and the next dictation gets a new one', () =>
    play(
      { fast: { script: [{ when: { fromSample: 1 }, hang: 'deaf' }, { text: 'Next.' }] } },
      async ({ engine, events }) => {
        await engine.ready(never());
        const control = new AbortController();
        engine.watch((event) => {
          if (event.type === 'run-started') setTimeout(() => control.abort(new Error('enough')), 20);
        });
        const died = new Promise<void>((resolve) => {
          engine.watch(({ type }) => type === 'lane-died' && resolve());
        });
        await engine.dictate(speech(1), control.signal);
        await died;
        const fromTheStart = { use: 'source-samples', options: { score: [{ sound: 'sine', ms: 1000 }], frameMs: 100 } };
        const next = await engine.dictate({ ...speech(0), source: fromTheStart }, never());
        expect(next.text).toBe('Next.');
        expect(events.filter(({ type }) => type === 'lane-ready')).toHaveLength(2);
      },
    ));

  test('before the beginning leaves nothing behind', () =>
    play({ fast: {} }, async ({ engine, recording }) => {
      const result = await engine.dictate(speech(1), AbortSignal.abort(new Error('never mind')));
      expect(result.outcome).toBe('cancelled');
      expect(recording.begun).toEqual([]);
    }));

  test('closing the engine ends its dictations and its processes', async () => {
    let pids: number[] = [];
    await play({ fast: { script: [{ hang: true }] }, refine: {} }, async ({ engine, events }) => {
      const dictation = engine.dictate(speech(1), never());
      await engine.ready(never());
      pids = events.flatMap((event) => (event.type === 'lane-ready' ? [event.pid] : []));
      await engine.close();
      expect((await dictation).outcome).toBe('cancelled');
    });
    expect(pids).toHaveLength(2);
    // They were told to end; a busy system takes its time to clear them away.
    for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
