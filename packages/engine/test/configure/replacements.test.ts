import type { Configuration } from '@voiceinput/engine';
import { resolveProfile } from '@voiceinput/engine';
import { describe, expect, test } from 'vitest';
import { builtIn, plugins, shout } from './resolved.ts';

describe('a profile makes the replacements of the user', () => {
  const words = { type: 'object', additionalProperties: { type: 'string' } };
  const config = { type: 'object', properties: { replacements: words, times: { type: 'integer' } } };
  const writing = { ...shout, id: 'post-writing', config };
  const post = (configuration: Configuration, name?: string) =>
    resolveProfile({
      configuration,
      builtIn: { ...builtIn, replacing: 'post-writing' },
      plugins: [...plugins, writing],
      origin: 'config.json',
      ...(name !== undefined && { name }),
    }).post;
  const replacements = { 'jay son': 'JSON', um: '' };
  const written = { use: 'post-writing', options: { replacements } };

  test('in every profile, before what else it does', () => {
    const profiles = { quick: { post: [{ use: 'post-shout' }] } };
    expect(post({ replacements })).toEqual([written]);
    expect(post({ replacements, profiles }, 'quick')).toEqual([written, { use: 'post-shout', options: { times: 1 } }]);
    expect(post({ profiles }, 'quick')).toEqual([{ use: 'post-shout', options: { times: 1 } }]);
  });

  test('with those of the profile over them, where it places them', () => {
    const own = { use: 'post-writing', options: { times: 2, replacements: { um: 'hm' } } };
    const profiles = {
      default: { replacements: { um: 'er' }, post: [{ use: 'post-shout' }, own] },
      quick: { replacements: { um: 'er' } },
    };
    const shouted = { use: 'post-shout', options: { times: 1 } };
    const options = { times: 2, replacements: { 'jay son': 'JSON', um: 'hm' } };
    expect(post({ replacements, profiles })).toEqual([shouted, { use: 'post-writing', options }]);
    expect(post({ replacements, profiles }, 'quick')).toMatchObject([{ options: { replacements: { um: 'er' } } }]);
  });
});
