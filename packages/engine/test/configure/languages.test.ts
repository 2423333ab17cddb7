import type { Configuration } from '@voiceinput/engine';
import { checkConfiguration, layConfiguration, refuseUnheard, resolveProfile } from '@voiceinput/engine';
import scriptedRunner from '@voiceinput/testkit/fakes/scripted-runner';
import { describe, expect, test } from 'vitest';
import { builtIn, plugins, resolve } from './resolved.ts';

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
    resolveProfile({ configuration, builtIn, plugins: [...runners, ...plugins], origin: 'config.json' });
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
