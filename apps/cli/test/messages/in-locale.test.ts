// What commands say in the language of the locale, and what programs get all the same.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lines } from '../voiceinput/run.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { ownFolder } from '../voiceinput/scene.ts';

const folder = ownFolder();
const russian = {
  folder,
  env: { LC_ALL: '', LC_MESSAGES: '', LANG: 'ru_RU.UTF-8', XDG_RUNTIME_DIR: folder, XDG_STATE_HOME: folder },
};

describe('in a Russian locale', () => {
  test.each([
    [
      ['transcribe', 'missing.wav'],
      /^ошибка: Файл не найден: «missing.wav» \[ERR_FILE_NOT_FOUND\]\n {2}Проверьте путь\.\n$/,
    ],
    [['transcrib'], /^ошибка: неизвестная команда «transcrib» \(может быть, transcribe\?\) \[ERR_USAGE\]/],
    [
      ['status'],
      /^ошибка: VoiceInput ещё не запускали \(.*\)\. \[ERR_DAEMON_MISSING\]\n {2}Запустите его: voiceinput serve\n$/,
    ],
    [
      ['config', 'set', 'dictation.mode', 'tog'],
      /должно быть одним из: "hold", "toggle", "hands-free"\. \[.*\]\n {2}Исправьте значение/,
    ],
  ])('%j fails in Russian', async (args, said) => {
    expect((await voiceinput(args, russian)).stderr).toMatch(said);
  });

  test('answers are Russian', async () => {
    const { stdout } = await voiceinput(['config', 'unset', 'dictation.key'], russian);
    expect(stdout).toMatch(/^dictation\.key не задано в .*\n$/);
  });

  test('what programs get is the same in every locale', async () => {
    const [here, there] = [
      await voiceinput(['transcribe', 'missing.wav', '--json'], russian),
      await voiceinput(['transcribe', 'missing.wav', '--json'], { folder }),
    ];
    expect(here).toEqual(there);
    expect(lines(here.stderr)).toMatchObject([{ message: 'File not found: "missing.wav"', hint: 'Check the path.' }]);
  });
});

describe('the language that the settings choose', () => {
  const own = ownFolder();
  const environment = (LANG: string) => ({ folder: own, env: { LC_ALL: '', LC_MESSAGES: '', LANG } });
  mkdirSync(join(own, 'voiceinput'));
  const choose = (language: string) =>
    writeFileSync(join(own, 'voiceinput', 'config.json'), `{ "interfaceLanguage": "${language}" } // mine`);

  test.each([
    ['ru', 'en_US.UTF-8', 'ошибка: Файл не найден'],
    ['en', 'ru_RU.UTF-8', 'error: File not found'],
  ])('%s goes before that of the locale %s', async (language, locale, said) => {
    choose(language);
    expect((await voiceinput(['transcribe', 'missing.wav'], environment(locale))).stderr).toContain(said);
  });

  test('is one that there is, else that of the locale counts and the mistake is told', async () => {
    choose('tlh');
    const { stderr, exitCode } = await voiceinput(['config'], environment('en_US.UTF-8'));
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/interfaceLanguage.*"en", "ru"/)]);
  });
});
