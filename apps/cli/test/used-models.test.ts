// Which models a profile is found to use.

import { defaultSegments } from '@voiceinput/engine';
import { expect, test } from 'vitest';
import { builtInPlugins } from '../src/built-in/plugins.ts';
import { builtInProfile } from '../src/built-in/profile.ts';
import { usedModels } from '../src/settings/used-models.ts';

const plugins = (await builtInPlugins()).map((descriptor) => ({ ...descriptor, origin: 'built in' }));
const used = (change: object) =>
  usedModels({ profile: { ...builtInProfile, segments: defaultSegments, name: 'default', ...change }, plugins });
const refine = { use: 'runner-moonshine', options: { model: 'another' } };

test('those that the options name, each once', () => {
  const fast = { use: 'runner-moonshine', options: { model: 'moonshine-tiny-en' } };
  const vad = { use: 'vad-silero', options: { model: 'silero-vad-v6' } };
  expect(used({ vad, fast, refine: fast })).toEqual(['silero-vad-v6', 'moonshine-tiny-en']);
  expect(used({ vad, fast, refine })).toEqual(['silero-vad-v6', 'moonshine-tiny-en', 'another']);
});

test('the refine lane uses none where it is off', () => {
  expect(used({ hybrid: false, refine })).not.toContain('another');
});

test('where no option names one, all that the plugin brings', () => {
  expect(used({ vad: { use: 'vad-silero', options: {} }, fast: refine, refine })).toEqual(['silero-vad-v6', 'another']);
});
