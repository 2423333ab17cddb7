import type { Configuration } from '@voiceinput/engine';
import { checkConfiguration, layConfiguration } from '@voiceinput/engine';
import { describe, expect, test } from 'vitest';
import { plugins } from './resolved.ts';

describe('a configuration', () => {
  test.each([
    [
      { hybird: true },
      'ERR_CONFIG_UNKNOWN_KEY',
      'config.json: "hybird" is not a known key; the nearest known key is "hybrid".',
    ],
    [
      { profiles: { default: { segmets: {} } } },
      'ERR_CONFIG_UNKNOWN_KEY',
      'config.json: "profiles.default.segmets" is not a known key; the nearest known key is "segments".',
    ],
    [
      { profiles: { default: { post: [{ use: 'post-shout', options: { tims: 2 } }] } } },
      'ERR_CONFIG_UNKNOWN_KEY',
      'config.json: "profiles.default.post[0].options.tims" is not a known key; the nearest known key is "times".',
    ],
    [
      { profiles: { default: { post: [{}] } } },
      'ERR_CONFIG_INVALID',
      'config.json: "profiles.default.post[0].use" is missing.',
    ],
    [{ hybrid: 'yes' }, 'ERR_CONFIG_INVALID', 'config.json: hybrid is "yes", but it must be true or false.'],
    [
      { profiles: { default: { fast: { use: 'runner-scripte' } } } },
      'ERR_CONFIG_INVALID',
      'config.json: profiles.default.fast.use is "runner-scripte", but it must be one of "runner-scripted".',
    ],
    [
      { profiles: { default: { segments: { maxMs: -1 } } } },
      'ERR_CONFIG_INVALID',
      'config.json: profiles.default.segments.maxMs is -1, but it must be 1000 or more.',
    ],
    [[], 'ERR_CONFIG_INVALID', 'config.json: the file is [], but it must be an object, as in {}.'],
    [
      { words: 'Kubernetes' },
      'ERR_CONFIG_INVALID',
      'config.json: words is "Kubernetes", but it must be a list of texts.',
    ],
    [{ words: [7] }, 'ERR_CONFIG_INVALID', 'config.json: words[0] is 7, but it must be a text.'],
  ])('%j is refused', (data, code, message) => {
    expect(() => checkConfiguration(data as Configuration, plugins, 'config.json')).toThrow(
      expect.objectContaining({ code, message }),
    );
  });

  test('is not changed by being checked', () => {
    const data: Configuration = { profiles: { default: {} } };
    checkConfiguration(data, plugins, 'config.json');
    expect(data).toEqual({ profiles: { default: {} } });
  });

  test('of a folder lies over the user’s own', () => {
    const laid = layConfiguration(
      { hybrid: true, words: ['a'], profiles: { x: { words: ['x'] } } },
      { words: ['b'], profiles: { y: {} } },
    );
    expect(laid).toEqual({ hybrid: true, words: ['b'], profiles: { x: { words: ['x'] }, y: {} } });
  });
});
