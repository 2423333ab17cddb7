import type { SharedPlaces } from '@voiceinput/engine';
import { openPlaces } from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';
import { fakeModels, recordingSink, scriptedSource } from '@voiceinput/testkit';
import { describe, expect, test } from 'vitest';
import { never, play, setScene, speech } from './stage.ts';

function openRecordedPlaces() {
  const { plugin, recording } = recordingSink({ lasting: true, partials: false });
  const plugins = [scriptedSource, plugin].map((one) => ({ plugin: one, url: 'unused' }));
  return { places: openPlaces({ plugins, models: fakeModels(), heard: () => undefined }), recording };
}

const scene = (places: SharedPlaces) => ({ fast: { script: [{ text: 'Hello.', repeat: true }] }, places });

describe('engines that follow each other in the same places', () => {
  test('take back what the one before wrote, though it is closed', async () => {
    const { places, recording } = openRecordedPlaces();
    await play(scene(places), ({ engine }) => engine.dictate({ ...speech(1), sessionId: 'a' }, never()));
    expect(recording.text).toBe('Hello.');
    await play(scene(places), async ({ engine }) => {
      expect((await engine.undo('a')).edits).toEqual([{ kind: 'applied', proof: 'verified' }]);
    });
    expect(recording.text).toBe('');
    await places.close();
  });

  test('write in the order in which was spoken', async () => {
    const { places, recording } = openRecordedPlaces();
    const [before, after] = [setScene(scene(places)), setScene(scene(places))];
    // The first goes on for two seconds; the second is read at once.
    const slow = before.engine.dictate({ ...speech(1, { realtime: true }), sessionId: 'a' }, never());
    const retired = before.engine.retire();
    const quick = after.engine.dictate({ ...speech(1), sessionId: 'b' }, never());
    await Promise.all([slow, quick, retired]);
    expect(recording.edits.map(({ sessionId }) => sessionId)).toEqual(['a', 'b']);
    await after.engine.close();
    await places.close();
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
  const places = openPlaces({ plugins: [{ plugin, url: 'unused' }], models: fakeModels(), heard: () => undefined });
  const [desk, headset] = ['desk', 'headset'].map((device) => ({ use: plugin.id, options: { device } }));
  await places.openSource(desk!, never());
  await places.openSource(headset!, never());
  await places.keepOnly(headset!);
  expect(closed).toEqual(['desk']);
  await places.openSource(desk!, never());
  await places.close();
  expect(closed.toSorted()).toEqual(['desk', 'desk', 'headset']);
});
