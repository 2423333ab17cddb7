// Plugins that keep no promise: each costs what it should give, and nothing else.

import { definePlugin } from '@voiceinput/plugin-api';
import type { EngineEvent, PartOf, PluginKind } from '@voiceinput/plugin-api';
import { describe, expect, test, vi } from 'vitest';
import hostileRunner from './hostile-runner.ts';
import { never, play, setScene, speech } from './stage.ts';

const CAPABILITIES: Readonly<Record<PluginKind, object>> = {
  source: {},
  vad: {},
  runner: {},
  judge: {},
  postprocessor: { scope: 'segment', stages: ['draft', 'refined'] },
  sink: { partials: false },
};
const PREFIX = { source: 'source', vad: 'vad', runner: 'runner', judge: 'judge', postprocessor: 'post', sink: 'sink' };

/** A plugin whose part is whatever `part` gives. */
function hostile<K extends PluginKind>(kind: K, part: unknown, capabilities: object = CAPABILITIES[kind]) {
  const id = `${PREFIX[kind]}-hostile`;
  const plugin = definePlugin<K>({
    id,
    kind,
    api: 1,
    title: 'Keeps no promise',
    capabilities: capabilities as never,
    create: async () => part as PartOf[K],
  });
  return { use: { use: id, options: {} }, more: [{ plugin, url: 'unused' }] };
}

const close = async (): Promise<void> => undefined;
const says = (text: string) => ({ script: [{ text, repeat: true }] });
const scene = { fast: says('Hello.') };
const warningsIn = (events: readonly EngineEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'warning' ? [event.error.message] : []));

describe('a source', () => {
  const frame = (samples: unknown) => ({ samples, startSample: 0 });
  async function* giving(...values: unknown[]) {
    yield* values;
  }
  const cases: Record<string, () => unknown> = {
    'that throws': () => {
      throw new Error('no');
    },
    'that gives nothing to listen to': () => undefined,
    'that gives no frames': () => giving(undefined),
    'whose samples are a plain list': () => giving(frame([0, 1])),
    'whose samples are no numbers': () => giving(frame(new Float32Array([0, NaN]))),
    'whose frames have getters that throw': () =>
      giving({
        get samples() {
          throw new Error('no');
        },
      }),
  };
  test.each(Object.entries(cases))('%s ends its dictation with its name', (_, frames) => {
    const { use, more } = hostile('source', { realtime: false, frames, close });
    return play({ ...scene, more }, async ({ engine }) => {
      const result = await engine.dictate({ ...speech(1), source: use }, never());
      expect(result).toMatchObject({ outcome: 'failed', error: { code: 'ERR_PLUGIN_FAILED' } });
      expect(result.error?.message).toMatch(/^source-hostile failed in frames: /);
    });
  });

  test('that gives frames without end and never waits lets others run', async () => {
    async function* frames() {
      for (let startSample = 0; ; startSample += 160) yield { samples: new Float32Array(160), startSample };
    }
    const { use, more } = hostile('source', { realtime: true, frames, close });
    const { engine } = setScene({ ...scene, more });
    const control = new AbortController();
    const dictation = engine.dictate({ ...speech(1), source: use }, control.signal);
    setTimeout(() => control.abort(new Error('enough')), 50);
    expect((await dictation).outcome).toBe('cancelled');
    await engine.close();
  });
});

describe('a voice detector', () => {
  const marks = (given: unknown) => ({ listen: async () => ({ push: async () => given, close }), close });
  const cases: Record<string, readonly [method: string, part: unknown]> = {
    'that gives no stream': ['listen', { listen: async () => undefined, close }],
    'whose stream cannot be closed': ['listen', { listen: async () => ({ push: async () => [] }), close }],
    'that gives no marks': ['push', marks(undefined)],
    'whose marks are none': ['push', marks([null])],
    'whose marks have no probability': ['push', marks([{ startSample: 0, endSample: 512, speechProbability: NaN }])],
  };
  test.each(Object.entries(cases))('%s ends the dictation with its name', (_, [method, part]) => {
    const { use, more } = hostile('vad', part);
    return play({ ...scene, more, profile: { vad: use } }, async ({ engine }) => {
      const result = await engine.dictate(speech(1), never());
      expect(result.error).toMatchObject({ code: 'ERR_PLUGIN_FAILED' });
      expect(result.error?.message).toContain(`vad-hostile failed in ${method}: `);
    });
  });
});

describe('a runner', () => {
  const url = new URL('hostile-runner.ts', import.meta.url).href;
  const more = [{ plugin: hostileRunner, url }];
  const giving = (gives: string) => ({ use: 'runner-hostile', options: { gives } });
  const useless = [
    'nothing',
    'no text',
    'a number',
    'words that are none',
    'a getter that throws',
    'what no process can send',
    'no part',
  ];
  test.each(useless)('that gives %s leaves the words to the other lane', (gives) =>
    play({ ...scene, refine: says('Hello!'), more, profile: { fast: giving(gives) } }, async ({ engine, events }) => {
      const result = await engine.dictate(speech(1), never());
      expect(result).toMatchObject({ outcome: 'done', draft: '', text: 'Hello!' });
      expect(warningsIn(events).join('\n')).toContain('runner-hostile failed in ');
    }),
  );

  test('that never opens for the second reading keeps nobody from dictating', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const { engine, events } = setScene({ ...scene, refine: {}, more, profile: { refine: giving('no part ever') } });
      const ready = engine.ready(never());
      await new Promise<void>((resolve) => engine.watch(({ type }) => type === 'lane-ready' && resolve()));
      await vi.advanceTimersByTimeAsync(60_000);
      await ready;
      vi.useRealTimers();
      expect(warningsIn(events)).toEqual(['runner-hostile did not answer create within 60000 ms.']);
      const result = await engine.dictate({ ...speech(1), hybrid: false }, never());
      expect(result).toMatchObject({ outcome: 'done', text: 'Hello.' });
      await engine.close();
    } finally {
      vi.useRealTimers();
    }
  });

  test('whose process sends what means nothing is heard all the same', () =>
    play({ ...scene, more, profile: { fast: giving('mail that means nothing') } }, async ({ engine }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ outcome: 'done', text: 'Hello.' });
    }));
});

describe('a post-processor', () => {
  const throwing = {
    get text(): string {
      throw new Error('no');
    },
  };
  const cases: Record<string, (transcript: { text: string }) => unknown> = {
    'that gives nothing': () => undefined,
    'whose text is a number': () => ({ text: 5 }),
    'whose words are a text': () => ({ text: 'Bye.', words: 'Bye.' }),
    'whose words are none': () => ({ text: 'Bye.', words: [null] }),
    'whose text throws': () => throwing,
    'that throws at once': () => {
      throw new Error('no');
    },
    'that changes what it was given, and throws then': (transcript) => {
      transcript.text = 'Bye.';
      throw new Error('no');
    },
    'that throws what is no error': () => {
      throw Object.create(null);
    },
  };
  test.each(Object.entries(cases))('%s costs its change only', (_, process) => {
    const { use, more } = hostile('postprocessor', { process, close });
    return play({ ...scene, more, profile: { post: [use] } }, async ({ engine, events }) => {
      expect(await engine.dictate(speech(1), never())).toMatchObject({ outcome: 'done', text: 'Hello.' });
      expect(warningsIn(events)).toHaveLength(1);
    });
  });
});

describe('a judge', () => {
  const choosing = (given: unknown) => ({ isSure: async () => false, choose: async () => given, close });
  const cases: Record<string, unknown> = {
    'that is sure of neither yes nor no': { ...choosing('refined'), isSure: async () => 'perhaps' },
    'that chooses none of the two': choosing('both'),
    'that changes both': {
      ...choosing('refined'),
      isSure: async (draft: { text: string }) => {
        draft.text = 'Bye.';
        return false;
      },
    },
  };
  test.each(Object.entries(cases))('%s leaves the words as they are', (_, part) => {
    const { use, more } = hostile('judge', part);
    return play({ ...scene, refine: says('Hello!'), more, profile: { judge: use } }, async ({ engine }) => {
      const result = await engine.dictate(speech(1), never());
      expect(result).toMatchObject({ outcome: 'done', draft: 'Hello.', text: 'Hello!' });
    });
  });
});

describe('a sink', () => {
  const applied = { kind: 'applied', proof: 'verified' };
  const good = { begin: async () => ({}), apply: async () => applied, end: async () => undefined, close };
  const dictate = (part: object, check: (result: object, warnings: string[]) => void): Promise<void> => {
    const { use, more } = hostile('sink', { ...good, ...part });
    return play({ ...scene, more }, async ({ engine, events }) => {
      check(await engine.dictate({ ...speech(2), sink: use }, never()), warningsIn(events));
    });
  };

  test('that says nothing at the beginning gets all words', () =>
    dictate({ begin: async () => undefined }, (result) =>
      expect(result).toMatchObject({ outcome: 'done', segments: [{ outcome: applied }, { outcome: applied }] }),
    ));

  test('whose beginning is no use is not written to', () =>
    dictate({ begin: async () => ({ secret: 'maybe' }) }, (result) =>
      expect(result).toMatchObject({ outcome: 'failed', error: { code: 'ERR_PLUGIN_FAILED' } }),
    ));

  test('whose surroundings are no text gets all words', () =>
    dictate({ surroundings: async () => ({ before: 5 }) }, (result) =>
      expect(result).toMatchObject({ segments: [{ outcome: applied }, { outcome: applied }] }),
    ));

  const failing: Record<string, () => unknown> = {
    'gives nothing': async () => undefined,
    'says what is no outcome': async () => ({ kind: 'done' }),
    'gives no reason': async () => ({ kind: 'refused' }),
    'throws at once': () => {
      throw new Error('no');
    },
  };
  test.each(Object.entries(failing))('whose apply %s has refused, and the rest is heard', (_, apply) =>
    dictate({ apply }, (result) =>
      expect(result).toMatchObject({
        text: 'Hello. Hello.',
        segments: [{ outcome: { kind: 'refused', reason: 'ERR_PLUGIN_FAILED' } }, { outcome: { kind: 'refused' } }],
      }),
    ),
  );

  const looks: Record<string, unknown> = { 'a text': 'gedit', 'half a place': { app: 'gedit', tier: 'watched' } };
  test.each(Object.entries(looks))('that sees %s is named', (_, seen) => {
    const { use, more } = hostile('sink', { ...good, look: async () => seen });
    return play({ ...scene, more }, async ({ engine }) =>
      expect(engine.look(use, never())).rejects.toMatchObject({
        code: 'ERR_PLUGIN_FAILED',
        message: expect.stringMatching(/^sink-hostile failed in look: /),
      }),
    );
  });

  test('that closes itself loses its own text only', () => {
    let isOpen = true;
    const part = {
      ...good,
      async apply() {
        if (!isOpen) throw new Error('It is closed.');
        await this.close();
        return applied;
      },
      async close() {
        isOpen = false;
      },
    };
    return dictate(part, (result) =>
      expect(result).toMatchObject({
        text: 'Hello. Hello.',
        segments: [{ outcome: applied }, { outcome: { kind: 'refused' } }],
      }),
    );
  });
});

describe('a part that is none', () => {
  const nothing: readonly [PluginKind, unknown][] = [
    ['source', undefined],
    ['vad', {}],
    ['postprocessor', 'part'],
    ['sink', { begin: async () => ({}) }],
  ];
  test.each(nothing)('of the kind %s is refused with the name of its plugin', (kind, part) => {
    const { use, more } = hostile(kind, part);
    const profile = { ...(kind === 'vad' && { vad: use }), ...(kind === 'postprocessor' && { post: [use] }) };
    const request = { ...(kind === 'source' && { source: use }), ...(kind === 'sink' && { sink: use }) };
    return play({ ...scene, more, profile }, async ({ engine }) => {
      const result = await engine.dictate({ ...speech(1), ...request }, never());
      expect(result).toMatchObject({ outcome: 'failed', error: { code: 'ERR_PLUGIN_FAILED' } });
      expect(result.error?.message).toMatch(/^\w+-hostile failed in create: /);
    });
  });
});

test('a dictation that was called off before it began asks nothing of its sink', () =>
  play(scene, async ({ engine, recording }) => {
    const result = await engine.dictate(speech(1), AbortSignal.abort(new Error('enough')));
    expect(result.outcome).toBe('cancelled');
    expect(recording.edits).toEqual([]);
  }));
