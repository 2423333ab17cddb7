import { definePlugin } from '@voiceinput/plugin-api';
import type { Sink } from '@voiceinput/plugin-api';
import { expect, test, vi } from 'vitest';
import { never, play, speech } from './stage.ts';

/** A sink for one session that remembers what it was asked. */
function sinkForOne(part: Partial<Sink> = {}) {
  const calls: string[] = [];
  const plugin = definePlugin<'sink', never>({
    id: 'sink-for-one',
    kind: 'sink',
    api: 1,
    title: 'Serves one session',
    capabilities: { partials: false },
    create: async () => ({
      begin: async () => ({}),
      async apply({ cause }) {
        calls.push(cause);
        return { kind: 'applied', proof: 'unverified' };
      },
      end: async () => void calls.push('end'),
      close: async () => void calls.push('close'),
      ...part,
    }),
  });
  const scene = { fast: { script: [{ text: 'Hello.', repeat: true }] }, more: [{ plugin, url: 'unused' }] };
  return { scene, calls, sink: { use: plugin.id, options: {} } };
}

const NOTHING = { left: 'nothing', edits: [] };

test('a dictation into a sink for one session cannot be undone: the sink is closed', async () => {
  const { scene, calls, sink } = sinkForOne();
  await play(scene, async ({ engine }) => {
    await engine.dictate({ ...speech(1), sink, sessionId: 'a' }, never());
    expect(await engine.undo('a', never())).toEqual(NOTHING);
  });
  expect(calls).toEqual(['draft', 'end', 'close']);
});

test('neither can a text that was inserted into one', async () => {
  const { scene, calls, sink } = sinkForOne();
  await play(scene, async ({ engine }) => {
    await engine.insert({ sessionId: 'a', label: 'history', sink, text: 'Hello.' }, never());
    expect(await engine.undo('a', never())).toEqual(NOTHING);
  });
  expect(calls).toEqual(['draft', 'refined', 'end', 'close']);
});

test('an insertion that hangs ends with the engine', async () => {
  const apply = vi.fn<Sink['apply']>(
    (_edit, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  );
  const { scene, sink } = sinkForOne({ apply });
  await play(scene, async ({ engine }) => {
    const inserted = engine.insert({ sessionId: 'a', label: 'history', sink, text: 'Hello.' }, never());
    await vi.waitFor(() => expect(apply).toHaveBeenCalledOnce(), 20_000);
    await engine.close();
    expect(await inserted).toMatchObject({ kind: 'refused', reason: 'ERR_ABORTED' });
  });
});

test('an insertion that is called off when its text stands already says that it stands', async () => {
  const calling = new AbortController();
  const { scene, calls, sink } = sinkForOne({
    async apply({ cause }) {
      if (cause === 'draft') calling.abort(new Error('called off'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { kind: 'applied', proof: 'verified' };
    },
  });
  await play(scene, async ({ engine }) => {
    const request = { sessionId: 'a', label: 'history', sink, text: 'Hello.' };
    expect(await engine.insert(request, calling.signal)).toEqual({ kind: 'applied', proof: 'verified' });
  });
  expect(calls).toEqual(['end', 'close']);
});
