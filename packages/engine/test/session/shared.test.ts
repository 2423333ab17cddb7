import type { OwnedSharedParts } from '@voiceinput/engine';
import { openSharedParts } from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';
import { fakeModels, recordingSink, scriptedSource } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';
import { never, play, setScene, speech } from './stage.ts';

function openRecordedParts() {
  const { plugin, recording } = recordingSink({ lasting: true, partials: false });
  const plugins = [scriptedSource, plugin].map((one) => ({ plugin: one, url: 'unused' }));
  return { shared: openSharedParts({ plugins, models: fakeModels(), heard: () => undefined }), recording };
}

const scene = (shared: OwnedSharedParts) => ({ fast: { script: [{ text: 'Hello.', repeat: true }] }, shared });

describe('engines that follow each other with the same parts', () => {
  test('take back what the one before wrote, though it is closed', async () => {
    const { shared, recording } = openRecordedParts();
    await play(scene(shared), ({ engine }) => engine.dictate({ ...speech(1), sessionId: 'a' }, never()));
    expect(recording.text).toBe('Hello.');
    await play(scene(shared), async ({ engine }) => {
      expect((await engine.undo('a', never())).edits).toEqual([{ kind: 'applied', proof: 'verified' }]);
    });
    expect(recording.text).toBe('');
    await shared.close();
  });

  test('write in the order in which was spoken', async () => {
    const { shared, recording } = openRecordedParts();
    const [before, after] = [setScene(scene(shared)), setScene(scene(shared))];
    // The first goes on for two seconds; the second is read at once.
    const slow = before.engine.dictate({ ...speech(1, { realtime: true }), sessionId: 'a' }, never());
    const drained = before.engine.drain();
    const quick = after.engine.dictate({ ...speech(1), sessionId: 'b' }, never());
    await Promise.all([slow, quick, drained]);
    expect(recording.edits.map(({ sessionId }) => sessionId)).toEqual(['a', 'b']);
    await after.engine.close();
    await shared.close();
  });
});

test('a source that stays open is closed when another one takes its place, and each once', async () => {
  const closed: string[] = [];
  const plugin = definePlugin<'source', { readonly device: string }>({
    id: 'source-lasting',
    kind: 'source',
    api: 1,
    title: 'Stays open',
    capabilities: { lasting: true },
    create: async ({ device }) => ({
      realtime: true,
      async *frames() {},
      close: async () => void closed.push(device),
    }),
  });
  const shared = openSharedParts({
    plugins: [{ plugin, url: 'unused' }],
    models: fakeModels(),
    heard: () => undefined,
  });
  const [desk, headset] = ['desk', 'headset'].map((device) => ({ use: plugin.id, options: { device } }));
  await shared.openSource(desk!, never());
  await shared.openSource(headset!, never());
  await shared.keepOnly(headset!);
  expect(closed).toEqual(['desk']);
  await shared.openSource(desk!, never());
  await shared.close();
  expect(closed.toSorted()).toEqual(['desk', 'desk', 'headset']);
});
