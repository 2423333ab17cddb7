import type { Descriptor, Profile } from '@voiceinput/engine';
import { defaultSegments, openSharedParts } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { definePlugin } from '@voiceinput/plugin-api';
import { fakeModels, never, scriptedVad } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { expect, test } from 'vitest';
import { createEngines } from '../../../src/serve/open/engines.ts';

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

function open(partial: Partial<Profile> = {}) {
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
    ...partial,
  };
  const models = fakeModels();
  const heard = (): void => undefined;
  const warnings: VoiceInputError[] = [];
  const warn = (error: VoiceInputError): void => void warnings.push(error);
  const shared = openSharedParts({ plugins, models, heard });
  const engines = createEngines({ profile, plugins, models, shared, heard, warn });
  return {
    engines,
    profile,
    shared,
    warnings,
    processes: async () => (await engines.now.engine.processes()).map(({ pid }) => pid),
  };
}

test('an engine that was replaced and does not close well is told of, and nobody falls over it', async () => {
  const { engines, profile, shared, warnings } = open();
  await engines.now.engine.ready(never);
  engines.use({ ...profile, name: 'other' });
  await expect
    .poll(() => warnings.map(({ message }) => message))
    .toEqual([expect.stringMatching(/I stay|did not close/)]);
  await expect(engines.close()).rejects.toThrow(/did not close cleanly/);
  await shared.close();
});

test('what is in force already opens nothing anew, nor does another number of readings', async () => {
  const { engines, profile, shared, processes } = open({ hybrid: true, post: [] });
  await engines.now.engine.ready(never);
  const before = await processes();
  engines.use({ ...profile });
  engines.use({ ...profile, hybrid: false });
  expect(engines.now.profile.hybrid).toBe(false);
  engines.use({ ...profile, hybrid: true });
  await engines.now.engine.ready(never);
  expect(await processes()).toEqual(before);
  await engines.close();
  await shared.close();
});

test('what has to be opened anew is, whatever is open', async () => {
  const { engines, profile, shared, processes } = open({ post: [] });
  await engines.now.engine.ready(never);
  const before = await processes();
  engines.use({ ...profile }, true);
  await engines.ready(never);
  const lanes = (await processes()).filter((pid) => pid !== process.pid);
  expect(lanes).toHaveLength(1);
  expect(before).not.toEqual(expect.arrayContaining(lanes));
  await engines.close();
  await shared.close();
});

test('a dictation is read once or twice as it is set when it begins, by the same lanes', async () => {
  const { engines, profile, shared } = open({ hybrid: true, post: [] });
  const refined: boolean[] = [];
  const request = { label: 'x', source: { use: 'no-source', options: {} }, sink: { use: 'no-sink', options: {} } };
  for (const hybrid of [false, true]) {
    engines.use({ ...profile, hybrid });
    const { lanes } = await engines.now.engine.dictate(request, never);
    refined.push(lanes.refine !== undefined);
  }
  expect(refined).toEqual([false, true]);
  await engines.close();
  await shared.close();
});
