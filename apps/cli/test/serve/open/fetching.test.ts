import { openModelStore } from '@voiceinput/models';
import type { Models } from '@voiceinput/models';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { announcingModels } from '../../../src/serve/open/fetching.ts';

const folder = '/nowhere';

/** Models of which `there` needs no fetching, `broken` breaks off, and every other is fetched in two steps. */
function told(): { readonly models: Models; readonly events: object[] } {
  const events: object[] = [];
  const open: Parameters<typeof announcingModels>[0] = (onProgress) => {
    const locate = async (modelId: string) => {
      if (modelId !== 'there') onProgress({ modelId, doing: 'fetching', doneBytes: 1, totalBytes: 2 });
      if (modelId === 'broken') throw new VoiceInputError('ERR_MODEL_OFFLINE', 'It broke off.');
      if (modelId !== 'there') onProgress({ modelId, doing: 'fetching', doneBytes: 2, totalBytes: 2 });
      await Promise.resolve();
      events.push({ type: 'test: it is there' });
      return { modelId, folder, files: {}, fingerprint: '', license: 'MIT' };
    };
    return { ...openModelStore({ folder }), locate, pull: locate };
  };
  return { models: announcingModels(open, { emit: (event) => void events.push(event) }), events };
}

test.for(['locate', 'pull'] as const)('that a fetching is over is told when the model is there: %s', async (method) => {
  const { models, events } = told();
  await (method === 'locate' ? models.locate('a', never) : models.pull('a', {}, never));
  expect(events).toEqual([
    { type: 'model', id: 'a', doneBytes: 1, totalBytes: 2 },
    { type: 'model', id: 'a', doneBytes: 2, totalBytes: 2 },
    { type: 'test: it is there' },
    { type: 'model-ended', id: 'a' },
  ]);
});

test('one that breaks off is over too, and nothing is told of one that was not needed', async () => {
  const { models, events } = told();
  await expect(models.pull('broken', {}, never)).rejects.toThrow('It broke off.');
  await models.locate('there', never);
  expect(events.map((event) => Object.values(event).slice(0, 2))).toEqual([
    ['model', 'broken'],
    ['model-ended', 'broken'],
    ['test: it is there'],
  ]);
});
