// What the tests resolve profiles with: plugins of each kind, and what is built in.

import type { BuiltInProfile, Configuration, Profile } from '@voiceinput/engine';
import { resolveProfile } from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';
import { scriptedVad } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';

export const shout = definePlugin<'postprocessor', { times: number }>({
  id: 'post-shout',
  kind: 'postprocessor',
  api: 1,
  title: 'Shouts',
  capabilities: { scope: 'segment', stages: ['refined'] },
  config: { type: 'object', additionalProperties: false, properties: { times: { type: 'integer', default: 1 } } },
  create: () => Promise.reject(new Error('not opened here')),
});
export const plugins = [scriptedRunner, scriptedVad, shout];
export const builtIn: Omit<Profile, 'name'> & BuiltInProfile = {
  hybrid: true,
  words: [],
  vad: { use: 'vad-scripted', options: {} },
  fast: { use: 'runner-scripted', options: { model: 'small' } },
  refine: { use: 'runner-scripted', options: { model: 'large' } },
  post: [],
  lanes: {},
  segments: {
    enterProbability: 0.5,
    leaveProbability: 0.35,
    sureProbability: 0.7,
    minSpeechMs: 90,
    padMs: 150,
    pauseMs: 900,
    minPauseMs: 200,
    softMaxMs: 8000,
    maxMs: 18000,
  },
};
/** The profile of a configuration. */
export const resolve = (configuration: Configuration, name?: string) =>
  resolveProfile({ configuration, builtIn, plugins, origin: 'config.json', ...(name !== undefined && { name }) });
