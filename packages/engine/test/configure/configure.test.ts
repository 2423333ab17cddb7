import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltInProfile, Configuration, Profile, ProfileChanges } from '@voiceinput/engine';
import {
  checkConfiguration,
  layConfiguration,
  profileNames,
  readConfiguration,
  refuseUnheard,
  resolveProfile,
} from '@voiceinput/engine';
import { definePlugin } from '@voiceinput/plugin-api';
import { scriptedVad } from '@voiceinput/testkit';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { beforeAll, describe, expect, test } from 'vitest';

const signal = new AbortController().signal;
const shout = definePlugin<'postprocessor', { times: number }>({
  id: 'post-shout',
  kind: 'postprocessor',
  api: 1,
  title: 'Shouts',
  capabilities: { scope: 'segment', stages: ['refined'] },
  config: { type: 'object', additionalProperties: false, properties: { times: { type: 'integer', default: 1 } } },
  create: () => Promise.reject(new Error('not opened here')),
});
const plugins = [scriptedRunner, scriptedVad, shout];
const builtIn: Omit<Profile, 'name'> & BuiltInProfile = {
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
    minSpeechMs: 90,
    padMs: 150,
    pauseMs: 900,
    minPauseMs: 200,
    softMaxMs: 8000,
    maxMs: 18000,
  },
};
const resolve = (configuration: Configuration, name?: string) =>
  resolveProfile({ configuration, builtIn, plugins, whence: 'config.json', ...(name !== undefined && { name }) });

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
    const detector = { ...scriptedVad, capabilities: { enterProbability: 0.8, leaveProbability: 0.6 } };
    const { enterProbability: _enter, leaveProbability: _leave, ...segments } = builtIn.segments;
    const of = (changes: ProfileChanges) =>
      resolveProfile({
        configuration: { profiles: { default: changes } },
        builtIn: { ...builtIn, segments, fast: { use: 'runner-measured', options: {} } },
        plugins: [measured, other, scriptedRunner, detector],
        whence: 'config.json',
      });

    test('those of the runner and of the detector in use', () => {
      expect(of({})).toMatchObject({
        skipRefineAboveLogProb: -0.1,
        segments: { enterProbability: 0.8, leaveProbability: 0.6, padMs: 150 },
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
        whence: 'config.json',
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

describe('the language of a profile', () => {
  const runner = (id: string, languages: string[]) => ({
    ...scriptedRunner,
    id,
    capabilities: { ...scriptedRunner.capabilities, languages },
  });
  const runners = [
    runner('runner-english', ['en']),
    runner('runner-some', ['de', 'pt-BR']),
    runner('runner-any', ['*']),
  ];
  const check = (language: string | undefined, [fast, refine]: readonly [string, string], hybrid = true) => {
    const lanes = { fast: { use: fast, options: {} }, refine: { use: refine, options: {} } };
    const profile = { ...builtIn, ...lanes, name: 'mine', hybrid, ...(language !== undefined && { language }) };
    refuseUnheard(profile, runners, 'config.json');
  };

  test.each([
    [undefined, ['runner-english', 'runner-some'], true],
    ['en', ['runner-english', 'runner-any'], true],
    ['en-GB', ['runner-english', 'runner-english'], true],
    ['pt', ['runner-some', 'runner-some'], true],
    ['de', ['runner-some', 'runner-english'], false],
  ] as const)('%s is heard by %j with hybrid %j', (language, lanes, hybrid) => {
    expect(() => check(language, lanes, hybrid)).not.toThrow();
  });

  test.each([
    ['de', ['runner-english', 'runner-english'], 'runner-english only knows: en.', 'fast'],
    ['de', ['runner-some', 'runner-english'], 'runner-english only knows: en.', 'refine'],
    ['en', ['runner-some', 'runner-any'], 'runner-some only knows: de, pt-BR.', 'fast'],
  ] as const)('%s is refused for %j', (language, lanes, message, lane) => {
    expect(() => check(language, lanes)).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_INVALID',
        message: `config.json: the profile "mine" expects the language "${language}", but its runner ${message}`,
        hint: expect.stringContaining(`profiles.mine.${lane}.use`) as string,
      }),
    );
  });
});

describe('the languages of a profile', () => {
  const of = (configuration: Configuration) => {
    const { language, languages } = resolve(configuration);
    return languages ?? language;
  };

  test.each([
    [{}, undefined],
    [{ languages: ['en'] }, 'en'],
    [{ languages: ['ru', 'en'] }, ['ru', 'en']],
    [{ language: 'ru', profiles: { default: { languages: ['ru', 'en'] } } }, ['ru', 'en']],
    [{ languages: ['ru', 'en'], profiles: { default: { language: 'de' } } }, 'de'],
  ] as const)('of %j are %j', (configuration, languages) => {
    expect(of(configuration)).toEqual(languages);
  });

  test('are those of the later file, however it writes them', () => {
    const several: Configuration = { languages: ['ru', 'en'], profiles: { default: { languages: ['de', 'fr'] } } };
    const one: Configuration = { language: 'en', profiles: { default: { language: 'de' } } };
    expect(layConfiguration(several, one)).toEqual(one);
    expect(layConfiguration(one, several)).toEqual(several);
    expect(layConfiguration(one, { hybrid: false })).toEqual({ ...one, hybrid: false });
  });

  test('are refused when a runner in use does not know one of them', () => {
    const english = { ...scriptedRunner, capabilities: { ...scriptedRunner.capabilities, languages: ['en'] } };
    expect(() => refuseUnheard(resolve({ languages: ['en', 'ru'] }), [english], 'config.json')).toThrow(
      'expects the language "ru"',
    );
  });
});

describe('runners in a list', () => {
  const runner = (id: string, ...languages: string[]) => ({
    ...scriptedRunner,
    id,
    capabilities: { ...scriptedRunner.capabilities, languages },
  });
  const runners = [runner('runner-english', 'en'), runner('runner-slavic', 'ru', 'uk'), runner('runner-any', '*')];
  const of = (configuration: Configuration) =>
    resolveProfile({ configuration, builtIn, plugins: [...runners, ...plugins], whence: 'config.json' });
  const list = runners.map(({ id }) => ({ use: id }));

  test.each([
    [['en'], 'runner-english'],
    [['uk'], 'runner-slavic'],
    [['ru', 'en'], 'runner-any'],
    [['ru', 'uk'], 'runner-slavic'],
  ])('the first that knows %j drafts', (languages, use) => {
    expect(of({ languages, profiles: { default: { fast: list } } }).fast).toEqual({ use, options: {} });
  });

  test('each refines its languages, those that it knows unless fewer are named', () => {
    const refine = [{ use: 'runner-english' }, { use: 'runner-any', languages: ['de'] }, { use: 'runner-slavic' }];
    const profile = of({ languages: ['ru', 'en'], profiles: { default: { refine } } });
    expect(profile.refine.use).toBe('runner-english');
    expect(profile.refineFor?.map(({ use, languages }) => [use, languages])).toEqual([
      ['runner-english', ['en']],
      ['runner-any', ['de']],
      ['runner-slavic', ['ru', 'uk']],
    ]);
    expect(() => refuseUnheard(profile, [...runners, ...plugins], 'config.json')).not.toThrow();
  });

  test('may each be given options, and are checked like one alone', () => {
    const check = (fast: unknown): void =>
      checkConfiguration({ profiles: { default: { fast } } } as Configuration, [...runners, ...plugins], 'config.json');
    expect(() => check([{ use: 'runner-any', options: { model: 'mine' }, languages: ['en'] }])).not.toThrow();
    expect(() => check([{ use: 'runner-any', options: { modle: 'mine' } }])).toThrow(
      '"profiles.default.fast[0].options.modle"',
    );
    expect(() => check([{ use: 'runner-absent' }])).toThrow('runner-absent');
    expect(() => check([])).toThrow('profiles.default.fast');
  });
});

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
    [{ hybrid: 'yes' }, 'ERR_CONFIG_INVALID', 'config.json: hybrid is "yes", but it must be boolean.'],
    [
      { profiles: { default: { fast: { use: 'runner-scripte' } } } },
      'ERR_CONFIG_INVALID',
      'config.json: profiles.default.fast.use is "runner-scripte", but it must be one of "runner-scripted".',
    ],
    [
      { profiles: { default: { segments: { maxMs: -1 } } } },
      'ERR_CONFIG_INVALID',
      'config.json: profiles.default.segments.maxMs is -1, but it must be >= 1000.',
    ],
    [[], 'ERR_CONFIG_INVALID', 'config.json: the file is [], but it must be object.'],
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

describe('a configuration file', () => {
  let folder: string;
  const write = async (text: string): Promise<string> => {
    const path = join(folder, 'config.json');
    await writeFile(path, text);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voiceinput-config-'));
  });

  test('that is not there', async () => {
    await expect(readConfiguration(join(folder, 'absent.json'), { trusted: true }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_NOT_FOUND',
    });
  });

  test('that is a folder', async () => {
    await expect(readConfiguration(folder, { trusted: true }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    });
  });

  test.each([
    ['{\n  "hybrid": yes\n}', 'line 2, column 13: a word without double quotes'],
    [
      '{ "hybrid": true,\n}',
      'line 2, column 1: expected a key in double quotes; after the last entry there is no comma',
    ],
    ['{ "hybrid": true', 'line 1, column 17: expected "}"'],
    ['{ "words": [ }', 'line 1, column 14: expected a value'],
    ['{ "hybrid" true }', 'line 1, column 12: expected a colon'],
    ['{ "hybrid": true "language": "en" }', 'line 1, column 18: expected a comma'],
    ['{}}', 'line 1, column 3: expected nothing more'],
    ['{ "language": "en', 'line 1, column 15: a text is not closed'],
    ['{ "language": "\\e" }', 'line 1, column 15: after a backslash'],
    ['', 'line 1, column 1: expected a value'],
  ])('that is broken, %j, names the place and what is wrong', async (text, message) => {
    const path = await write(text);
    await expect(readConfiguration(path, { trusted: true }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_SYNTAX',
      message: expect.stringContaining(`is not valid JSON at ${message}`),
    });
  });

  test('that nobody chose cannot name plugins; one that was chosen can', async () => {
    const path = await write('{ "plugins": ["./evil.js"] }');
    await expect(readConfiguration(path, { trusted: false }, signal)).rejects.toMatchObject({
      code: 'ERR_CONFIG_UNTRUSTED',
      message: expect.stringContaining('./evil.js'),
    });
    expect(await readConfiguration(path, { trusted: true }, signal)).toEqual({ plugins: ['./evil.js'] });
  });

  test('with keys that were renamed works, and says what they are called now', async () => {
    const old = { sureMeanLogProb: -0.3, segments: { easyMs: 5_000, shortPauseMs: 100, minPauseMs: 150 } };
    const path = await write(JSON.stringify({ profiles: { default: old } }));
    const told: string[] = [];
    const onRenamed = (sentence: string): void => void told.push(sentence.slice(path.length + 2));
    const configuration = await readConfiguration(path, { trusted: true, onRenamed }, signal);
    expect(configuration).toEqual({
      profiles: { default: { skipRefineAboveLogProb: -0.3, segments: { softMaxMs: 5_000, minPauseMs: 150 } } },
    });
    expect(told).toEqual([
      'profiles.default.sureMeanLogProb is called profiles.default.skipRefineAboveLogProb now; the old name still works.',
      'profiles.default.segments.easyMs is called profiles.default.segments.softMaxMs now; the old name still works.',
      'profiles.default.segments.shortPauseMs is called profiles.default.segments.minPauseMs now; the old name still works.',
    ]);
  });

  test('may begin with a byte order mark', async () => {
    expect(await readConfiguration(await write('\uFEFF{}'), { trusted: true }, signal)).toEqual({});
  });
});
