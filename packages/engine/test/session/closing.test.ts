import { definePlugin, VoiceInputError } from '@voiceinput/plugin-api';
import type { ModelStore, PartOf, PluginKind, Transcript } from '@voiceinput/plugin-api';
import type { Engine } from '@voiceinput/engine';
import { openSharedParts } from '@voiceinput/engine';
import { fakeModels, inEveryState, never, recordingSink, scriptedSource, scriptedVad } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { describe, expect, test, vi } from 'vitest';
import { createLane } from '../../src/schedule/lane.ts';
import { createProcesses, job, untilAborted } from '../schedule/processes.ts';
import { play, setScene, speech } from './stage.ts';

/** A busy machine takes its time to start and end processes. */
const PATIENCE_MS = 30_000;
const says = (text: string) => ({ script: [{ text, repeat: true }] });

/** A model store that fetches until it is called off. */
const fetching: ModelStore = { locate: (_, signal) => untilAborted(signal) };
/** A plugin of this kind that opens when its model is there. */
const waiting = <K extends PluginKind>(kind: K, id: string, capabilities: object) =>
  definePlugin<K>({
    id,
    kind,
    api: 1,
    title: 'Waits for its model',
    capabilities: capabilities as never,
    async create(_options, context, signal): Promise<PartOf[K]> {
      await context.models.locate('slow', signal);
      throw new Error('There is no such model.');
    },
  });
const slow = {
  vad: waiting('vad', 'vad-slow', {}),
  postprocessor: waiting('postprocessor', 'post-slow', { scope: 'segment', stages: ['draft'] }),
  sink: waiting('sink', 'sink-slow', { partials: false, lasting: true }),
  source: waiting('source', 'source-slow', { lasting: true }),
};
const parts = Object.values(slow).map((plugin) => ({ plugin, url: 'unused' }));
const use = (id: string) => ({ use: id, options: {} });

describe('while something still opens', () => {
  const cases = [
    ['the voice detector', { profile: { vad: use('vad-slow') } }, {}],
    ['a post-processor', { profile: { post: [use('post-slow')] } }, {}],
    ['the sink', {}, { sink: use('sink-slow') }],
    ['the source', {}, { source: use('source-slow') }],
  ] as const;
  const scene = { fast: says('Hello.'), models: fetching, more: parts };

  test.each(cases)('%s: an abort ends the dictation', (_, changes, request) =>
    play({ ...scene, ...changes }, async ({ engine }) => {
      const control = new AbortController();
      const dictation = engine.dictate({ ...speech(1), ...request }, control.signal);
      setTimeout(() => control.abort(new Error('enough')), 50);
      expect((await dictation).outcome).toBe('cancelled');
    }),
  );

  test.each(cases)('%s: closing ends the dictation and whatever opens', async (_, changes, request) => {
    const { engine } = setScene({ ...scene, ...changes });
    const dictation = engine.dictate({ ...speech(1), ...request }, never);
    const insertion = engine.insert({ ...speech(1), ...request, sessionId: 'a', text: 'Hello.' }, never);
    const devices = engine.devices(use('source-slow'), never);
    const ready = engine.ready(never);
    for (const one of [insertion, devices, ready]) one.catch(() => undefined);
    await engine.close();
    expect((await dictation).outcome).toBe('cancelled');
    await Promise.allSettled([insertion, devices, ready]);
    await expect(devices).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });

  test('an abort of one who waits for a lasting sink leaves it to the others', () =>
    play({ ...scene }, async ({ engine }) => {
      const control = new AbortController();
      const sink = use('sink-slow');
      const [one, other] = ['a', 'b'].map((text) => ({ ...speech(0), sink, sessionId: text, text }));
      const first = engine.insert(one!, control.signal);
      const second = engine.insert(other!, never);
      second.catch(() => undefined);
      control.abort(new Error('enough'));
      await expect(first).rejects.toThrow('enough');
      await engine.close();
      await expect(second).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    }));
});

test('a part that opens although it was called off is closed', async () => {
  let isOpen = (): void => undefined;
  const close = vi.fn<() => Promise<void>>(async () => undefined);
  const stubborn = definePlugin<'postprocessor'>({
    id: 'post-stubborn',
    kind: 'postprocessor',
    api: 1,
    title: 'Opens whatever happens',
    capabilities: { scope: 'segment', stages: ['draft'] },
    async create() {
      await new Promise<void>((resolve) => (isOpen = resolve));
      return { process: async (transcript: Transcript) => transcript, close };
    },
  });
  const more = [{ plugin: stubborn, url: 'unused' }];
  const { engine } = setScene({ fast: {}, profile: { post: [use('post-stubborn')] }, more });
  await engine.close();
  expect(close).not.toHaveBeenCalled();
  isOpen();
  await expect.poll(() => close.mock.calls.length).toBe(1);
});

test('a listener that throws costs no words', () =>
  play({ fast: says('Hello.') }, async ({ engine, recording }) => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    engine.watch(() => {
      throw new Error('a mistake of the application');
    });
    const result = await engine.dictate(speech(1), never);
    expect(result).toMatchObject({ outcome: 'done', text: 'Hello.' });
    expect(recording.text).toBe('Hello.');
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('a mistake of the application'));
    warned.mockRestore();
  }));

describe('a lane settles whatever it is asked for', () => {
  const started: ReturnType<typeof createProcesses>['started'][] = [];
  const life = {
    patienceMs: PATIENCE_MS,
    begin() {
      const processes = createProcesses({
        answers: [
          async (_clip, signal) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            signal.throwIfAborted();
            return { text: 'Hello.' };
          },
        ],
        open: () => new Promise((resolve) => setTimeout(resolve, 10)),
      });
      started.push(processes.started);
      const told = { ready: () => undefined, died: () => undefined, unloaded: () => undefined };
      return createLane('fast', { ...told, uses: { proposals: true }, host: processes.host });
    },
    opened: (lane: ReturnType<typeof createLane>) => lane.opened(never),
    close: (lane: ReturnType<typeof createLane>) => lane.close(),
    left: () => started.flat().filter(({ end }) => end === undefined),
  };
  const checks = inEveryState(life, (lane, signal) => lane.run(job(0), signal));
  for (const { name, run } of checks) test(name, run);
});

describe('an engine settles whatever it is asked for', () => {
  const life = {
    patienceMs: PATIENCE_MS,
    begin: () =>
      setScene({ fast: says('Hello.'), refine: says('Hello!'), sink: { lasting: true, partials: false } }).engine,
    opened: (engine: Engine) => engine.ready(never),
    close: (engine: Engine) => engine.close(),
  };
  const operations: Record<string, Parameters<typeof inEveryState<Engine>>[1]> = {
    dictate: (engine, signal) => engine.dictate(speech(1), signal),
    insert: (engine, signal) => engine.insert({ ...speech(0), sessionId: 'a', text: 'Hello.' }, signal),
    undo: (engine, signal) => engine.undo('a', signal),
    devices: (engine, signal) => engine.devices(speech(0).source, signal),
    ready: (engine, signal) => engine.ready(signal),
  };
  describe.each(Object.entries(operations))('%s', (_, operation) => {
    for (const { name, run } of inEveryState(life, operation)) test(name, run);
  });
});

describe('shared parts settle whatever they are asked for', () => {
  const { plugin } = recordingSink({ lasting: true });
  const plugins = [scriptedSource, scriptedVad, scriptedRunner, plugin].map((one) => ({ plugin: one, url: 'unused' }));
  const life = {
    patienceMs: PATIENCE_MS,
    begin: () => openSharedParts({ plugins, models: fakeModels(), heard: () => undefined }),
    opened: async () => undefined,
    close: (shared: ReturnType<typeof openSharedParts>) => shared.close(),
  };
  const sink = { use: plugin.id, options: {} };
  for (const { name, run } of inEveryState(life, (shared, signal) => shared.openSink(sink, signal))) test(name, run);

  test('with the reason that they are closed', async () => {
    const shared = life.begin();
    await shared.close();
    await expect(shared.openSink(sink, never)).rejects.toBeInstanceOf(VoiceInputError);
  });
});
