import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { definePlugin, msToSamples } from '@voiceinput/plugin-api';
import { scriptedSource } from '@voiceinput/testkit';
import type { SourceScript } from '@voiceinput/testkit';
import { describe, expect, test, vi } from 'vitest';
import { never, play, speech } from './stage.ts';

const says = (text: string) => ({ script: [{ text, repeat: true }] });
const live = { realtime: true, frameMs: 20 };

describe('a key that is released', () => {
  test('ends the dictation after what was said until then', () =>
    play({ fast: says('Hello.') }, async ({ engine, events }) => {
      const key = new AbortController();
      const dictation = engine.dictate({ ...speech(20, { ...live }), released: key.signal }, never());
      await vi.waitFor(() => expect(events.some(({ type }) => type === 'speech-started')).toBe(true), 20_000);
      key.abort();
      const result = await dictation;
      const released = events.find((event) => event.type === 'released');
      expect(result).toMatchObject({ outcome: 'done', text: 'Hello.' });
      expect(result.audioSamples).toBeGreaterThanOrEqual(released!.sample);
      // A word that is being said then may end, but nothing more is heard.
      expect(result.audioSamples - released!.sample).toBeLessThanOrEqual(msToSamples(200 + live.frameMs));
    }));

  test('tells the sink at once, and once only, where the text goes: before any of it comes', () =>
    play({ fast: says('Hello.') }, async ({ engine, events, recording }) => {
      const key = new AbortController();
      const spoken = { ...speech(20, { ...live }), sessionId: 'held', released: key.signal };
      const dictation = engine.dictate(spoken, never());
      await vi.waitFor(() => expect(events.some(({ type }) => type === 'speech-started')).toBe(true), 20_000);
      expect(recording.pinned).toEqual([]);
      key.abort();
      await dictation;
      expect(recording.pinned).toEqual([{ sessionId: 'held', edits: 0 }]);
      expect(recording.text).toBe('Hello.');
    }));

  test('waits for what is on its way from the recorder that was found to work', () => {
    let latencyMs = 0;
    const late = definePlugin({
      id: 'source-late',
      kind: 'source',
      api: 1,
      title: 'Learns how late it is',
      capabilities: {},
      create: async () => ({
        realtime: true,
        get latencyMs() {
          return latencyMs;
        },
        async *frames(signal) {
          latencyMs = 1_000;
          yield { samples: new Float32Array(320), startSample: 0 };
          await once(signal, 'abort');
        },
        close: async () => undefined,
      }),
    });
    return play({ fast: says('Hello.'), more: [{ plugin: late, url: 'unused' }] }, async ({ engine, events }) => {
      const { label, sink } = speech(1);
      const released = new AbortController();
      const source = { use: late.id, options: {} };
      const ended = engine.dictate({ label, sink, source, released: released.signal }, never());
      await vi.waitFor(() => expect(events.map(({ type }) => type)).toContain('audio-started'), 20_000);
      released.abort();
      await ended;
      const told = events.find((event) => event.type === 'released');
      expect(told?.sample).toBeGreaterThanOrEqual(msToSamples(1_000));
    });
  });

  test('ends a dictation whose source gives nothing any more', () =>
    play({ fast: says('Hello.') }, async ({ engine, events }) => {
      const key = new AbortController();
      const dictation = engine.dictate({ ...speech(1, { ...live, hang: true }), released: key.signal }, never());
      await vi.waitFor(() => expect(events.some(({ type }) => type === 'segment-closed')).toBe(true), 20_000);
      key.abort();
      expect(await dictation).toMatchObject({ outcome: 'done', text: 'Hello.' });
    }));

  test('before the first sample ends the dictation too', () =>
    play({ fast: says('Hello.') }, async ({ engine }) => {
      const result = await engine.dictate({ ...speech(20, live), released: AbortSignal.abort() }, never());
      expect(result.outcome).toBe('no-speech');
      expect(result.audioSamples).toBeLessThan(msToSamples(500));
    }));

  test('loses no word to a sink that takes long to begin', () => {
    const gate = new AbortController();
    const beginning = once(gate.signal, 'abort').then(() => ({}));
    return play({ fast: says('Hello.'), sink: { beginning } }, async ({ engine, events }) => {
      const key = new AbortController();
      const dictation = engine.dictate({ ...speech(20, live), released: key.signal }, never());
      await vi.waitFor(() => expect(events.some(({ type }) => type === 'audio-started')).toBe(true), 20_000);
      await sleep(1_000);
      key.abort();
      const released = events.find((event) => event.type === 'released');
      expect(released!.sample).toBeGreaterThan(msToSamples(700));
      // By now a source that gave nothing would have been given up.
      await sleep(700);
      gate.abort();
      const result = await dictation;
      expect(result).toMatchObject({ outcome: 'done', text: 'Hello.' });
      expect(result.audioSamples).toBeGreaterThanOrEqual(released!.sample);
      expect(result.audioSamples - released!.sample).toBeLessThanOrEqual(msToSamples(200 + live.frameMs));
    });
  });

  test('silence ends a dictation that asks for it', () =>
    play({ fast: says('Hello.') }, async ({ engine }) => {
      const score = [
        { sound: 'sine', ms: 600 },
        { sound: 'silence', ms: 20_000 },
      ];
      const result = await engine.dictate({ ...speech(1, { ...live, score } as never), silenceMs: 700 }, never());
      expect(result).toMatchObject({ outcome: 'done', text: 'Hello.' });
      expect(result.audioSamples).toBeLessThan(msToSamples(2_000));
    }));
});

describe('perfect silence', () => {
  const microphone = { ...scriptedSource, id: 'source-devices', capabilities: { devices: true } };
  const silence = { sound: 'silence', ms: 2_500 } as const;
  const hear = (source: string, score: NonNullable<SourceScript['score']>) =>
    play({ fast: says('Hello.'), more: [{ plugin: microphone, url: 'unused' }] }, ({ engine }) => {
      const { label, sink } = speech(1);
      return engine.dictate({ label, sink, source: { use: source, options: { score } } }, never());
    });

  test('of a microphone says that it may be muted', async () => {
    const result = await hear(microphone.id, [silence]);
    expect(result).toMatchObject({ outcome: 'failed', text: '', error: { code: 'ERR_MICROPHONE_MUTED' } });
  });

  test.each([
    ['of a moment', microphone.id, [{ sound: 'silence', ms: 1_500 }], 'no-speech'],
    ['before a voice', microphone.id, [silence, { sound: 'sine', ms: 1_000 }], 'done'],
    ['of a file', scriptedSource.id, [silence], 'no-speech'],
  ] as const)('%s is no trouble', async (_which, source, score, outcome) => {
    expect((await hear(source, score)).outcome).toBe(outcome);
  });
});

describe('audio is kept while it comes', () => {
  const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'voiceinput-journal-'));
    try {
      await work(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test('all of it, as 16-bit samples, for its owner only', () =>
    inFolder((folder) =>
      play({ fast: says('Hello.') }, async ({ engine }) => {
        const journal = join(folder, 'kept', 'one.pcm');
        const { audioSamples } = await engine.dictate({ ...speech(1), journal }, never());
        const bytes = await readFile(journal);
        expect(bytes.length).toBe(2 * audioSamples);
        expect(Math.max(...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2))).toBeGreaterThan(1000);
        expect((await stat(journal)).mode & 0o777).toBe(0o600);
      }),
    ));

  test('none, in no file at all', () =>
    inFolder((folder) =>
      play({ fast: says('Hello.') }, async ({ engine }) => {
        const journal = join(folder, 'one.pcm');
        const result = await engine.dictate({ ...speech(0, { fail: 'no microphone' }), journal }, never());
        expect(result).toMatchObject({ outcome: 'failed', audioSamples: 0 });
        await expect(stat(journal)).rejects.toMatchObject({ code: 'ENOENT' });
      }),
    ));

  test('a disk that does not take it costs a warning, and no word', () =>
    inFolder((folder) =>
      play({ fast: says('Hello.') }, async ({ engine, events }) => {
        const result = await engine.dictate({ ...speech(1), journal: join(folder, 'a'.repeat(300)) }, never());
        expect(result).toMatchObject({ outcome: 'done', text: 'Hello.' });
        const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.error.code] : []));
        expect(warnings).toEqual(['ERR_STORAGE']);
      }),
    ));
});
