import type { Descriptor } from '@voiceinput/engine';
import { defaultSegments, openPlaces } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { definePlugin } from '@voiceinput/plugin-api';
import { fakeModels, scriptedVad } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { expect, test } from 'vitest';
import { createEngines } from '../src/serve/engines.ts';

const post = definePlugin({
  id: 'post-stuck',
  kind: 'postprocessor',
  api: 1,
  title: 'Does not close',
  capabilities: { scope: 'segment', stages: ['draft'] },
  create: async () => ({
    process: async (transcript) => transcript,
    close: () => Promise.reject(new Error('I stay.')),
  }),
});

test('an engine that was replaced and does not close well is told of, and nobody falls over it', async () => {
  const plugins: Descriptor[] = [
    { plugin: scriptedVad, url: 'unused' },
    { plugin: post, url: 'unused' },
    { plugin: scriptedRunner, url: import.meta.resolve('@voiceinput/testkit/fakes/scripted-runner') },
  ];
  const profile = {
    name: 'test',
    hybrid: false,
    words: [],
    vad: { use: 'vad-scripted', options: { loudness: 0.02, windowSamples: 512 } },
    fast: { use: 'runner-scripted', options: { script: [] } },
    refine: { use: 'runner-scripted', options: { script: [] } },
    post: [{ use: 'post-stuck', options: {} }],
    lanes: {},
    segments: defaultSegments,
  };
  const models = fakeModels();
  const heard = (): void => undefined;
  const warnings: VoiceInputError[] = [];
  const warn = (error: VoiceInputError): void => void warnings.push(error);
  const places = openPlaces({ plugins, models, heard });
  const engines = createEngines({ profile, plugins, models, places, heard, warn });
  await engines.now.engine.ready(new AbortController().signal);
  engines.use({ ...profile, name: 'other' });
  await expect
    .poll(() => warnings.map(({ message }) => message))
    .toEqual([expect.stringMatching(/I stay|did not close/)]);
  await expect(engines.close()).rejects.toThrow(/did not close cleanly/);
  await places.close();
});
