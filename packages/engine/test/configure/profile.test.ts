import type { Configuration, ProfileChanges } from '@voiceinput/engine';
import { profileNames, resolveProfile } from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';
import { scriptedVad } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { describe, expect, test } from 'vitest';
import { builtIn, resolve } from './resolved.ts';

describe('a profile', () => {
  test('without a configuration is the built-in one, with the defaults of its plugins, frozen', () => {
    const profile = resolve({});
    expect(profile).toMatchObject({ name: 'default', hybrid: true, vad: { options: { loudness: 0.02 } } });
    expect(Object.isFrozen(profile.fast.options)).toBe(true);
  });

  test('takes what the configuration changes and nothing else', () => {
    const profile = resolve({
      hybrid: false,
      language: 'en',
      profiles: { default: { segments: { pauseMs: 500 }, fast: { options: { model: 'mine' } } } },
    });
    expect(profile).toMatchObject({
      hybrid: false,
      language: 'en',
      segments: { pauseMs: 500, padMs: 150 },
      fast: { use: 'runner-scripted', options: { model: 'mine' } },
      refine: { options: { model: 'large' } },
    });
  });

  describe('takes its thresholds from its own plugins', () => {
    const measuring = { ...scriptedRunner.capabilities, skipRefineAboveLogProb: -0.1 };
    const measured = { ...scriptedRunner, id: 'runner-measured', capabilities: measuring };
    const other = { ...scriptedRunner, id: 'runner-other', capabilities: { ...measuring, skipRefineAboveLogProb: -2 } };
    const detector = {
      ...scriptedVad,
      capabilities: { enterProbability: 0.8, leaveProbability: 0.6, sureProbability: 0.9 },
    };
    const {
      enterProbability: _enter,
      leaveProbability: _leave,
      sureProbability: _sure,
      ...segments
    } = builtIn.segments;
    const of = (changes: ProfileChanges) =>
      resolveProfile({
        configuration: { profiles: { default: changes } },
        builtIn: { ...builtIn, segments, fast: { use: 'runner-measured', options: {} } },
        plugins: [measured, other, scriptedRunner, detector],
        origin: 'config.json',
      });

    test('those of the runner and of the detector in use', () => {
      expect(of({})).toMatchObject({
        skipRefineAboveLogProb: -0.1,
        segments: { enterProbability: 0.8, leaveProbability: 0.6, sureProbability: 0.9, padMs: 150 },
      });
    });

    test('and never those of one that is not in use any more', () => {
      expect(of({ fast: { use: 'runner-other' } }).skipRefineAboveLogProb).toBe(-2);
      expect(of({ fast: { use: 'runner-scripted' } }).skipRefineAboveLogProb).toBeUndefined();
    });

    test('unless it says others', () => {
      const changes = { skipRefineAboveLogProb: -1, segments: { enterProbability: 0.9 } };
      expect(of(changes)).toMatchObject({ ...changes, segments: { enterProbability: 0.9, leaveProbability: 0.6 } });
    });
  });

  test("may name a judge, whose options are checked like any other plugin's", () => {
    const judge = definePlugin<'judge', never>({
      id: 'judge-strict',
      kind: 'judge',
      api: 1,
      title: 'Strict',
      capabilities: {},
      config: { type: 'object', additionalProperties: false, properties: { least: { type: 'number', default: 3 } } },
      create: async () => Promise.reject(new Error('Nobody opens it here.')),
    });
    const of = (options: object) =>
      resolveProfile({
        configuration: { profiles: { default: { judge: { use: 'judge-strict', options: { ...options } } } } },
        builtIn,
        plugins: [scriptedRunner, scriptedVad, judge],
        origin: 'config.json',
      }).judge;
    expect(of({})).toEqual({ use: 'judge-strict', options: { least: 3 } });
    expect(() => of({ most: 1 })).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_KEY' }));
    expect(resolve({}).judge).toBeUndefined();
    expect(() => resolve({ profiles: { default: { judge: { use: 'judge-lost' } } } })).toThrow(/judge\.use/);
  });

  test('keeps as much sound around speech as each runner in use wants, unless it says otherwise', () => {
    const runner = (id: string, padMs?: number) => ({
      ...scriptedRunner,
      id,
      capabilities: { ...scriptedRunner.capabilities, ...(padMs !== undefined && { padMs }) },
    });
    const { padMs: _pad, ...segments } = builtIn.segments;
    const of = (changes: ProfileChanges) =>
      resolveProfile({
        configuration: {
          profiles: { default: { fast: { use: 'runner-a' }, refine: { use: 'runner-b' }, ...changes } },
        },
        builtIn: { ...builtIn, segments },
        plugins: [runner('runner-a', 50), runner('runner-b', 400), runner('runner-c'), scriptedVad],
        origin: 'config.json',
      });
    expect(of({})).toMatchObject({ segments: { padMs: 400 }, padMsOf: { 'runner-a': 50, 'runner-b': 400 } });
    expect(of({ hybrid: false })).toMatchObject({ segments: { padMs: 50 }, padMsOf: { 'runner-a': 50 } });
    expect(of({ refine: { use: 'runner-c' } }).padMsOf).toEqual({ 'runner-a': 50, 'runner-c': 150 });
    expect(of({ segments: { padMs: 20 } })).toMatchObject({ segments: { padMs: 20 } });
    expect(of({ segments: { padMs: 20 } })).not.toHaveProperty('padMsOf');
    const several = [{ use: 'runner-c', languages: ['en'] }, { use: 'runner-b' }];
    expect(of({ refine: several }).segments.padMs).toBe(400);
  });

  test('cuts speech to what the runners in use accept, the smallest counts', () => {
    const runner = (id: string, maxClipMs: number) => ({
      ...scriptedRunner,
      id,
      capabilities: { ...scriptedRunner.capabilities, maxClipMs },
    });
    const of = (hybrid: boolean) =>
      resolveProfile({
        configuration: { hybrid, profiles: { default: { fast: { use: 'runner-a' }, refine: { use: 'runner-b' } } } },
        builtIn,
        plugins: [runner('runner-a', 10_000), runner('runner-b', 5_000), scriptedVad],
        origin: 'config.json',
      }).segments;
    expect(of(true)).toMatchObject({ maxMs: 5_000, softMaxMs: 5_000 });
    expect(of(false)).toMatchObject({ maxMs: 10_000, softMaxMs: 8_000 });
  });

  test('may go against the top of the file', () => {
    expect(resolve({ hybrid: false, profiles: { default: { hybrid: true } } }).hybrid).toBe(true);
  });

  test('is chosen by name, by the file, or is "default"', () => {
    const configuration: Configuration = { profile: 'b', profiles: { a: { words: ['a'] }, b: { words: ['b'] } } };
    expect(resolve(configuration).name).toBe('b');
    expect(resolve(configuration, 'a').words).toEqual(['a']);
    expect(profileNames(configuration)).toEqual(['default', 'a', 'b']);
  });

  test('that does not exist is refused with the nearest name', () => {
    expect(() => resolve({ profiles: { meeting: {} } }, 'meetign')).toThrow(
      expect.objectContaining({ code: 'ERR_PROFILE_UNKNOWN', hint: 'Did you mean "meeting"?' }),
    );
  });

  test('fills in the options of its post-processors', () => {
    expect(resolve({ profiles: { default: { post: [{ use: 'post-shout' }] } } }).post).toEqual([
      { use: 'post-shout', options: { times: 1 } },
    ]);
  });

  test('keeps odd keys of a dictionary as they are', () => {
    const options = JSON.parse('{"__proto__": 1}') as Record<string, unknown>;
    expect(() => resolve({ profiles: { default: { post: [{ use: 'post-shout', options }] } } })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_KEY' }),
    );
  });
});
