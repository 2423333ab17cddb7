import { describe, expect, test } from 'vitest';
import { counted, createTranslator, errorIn, sentenceIn } from '@voiceinput/client';

const { fill, translate } = createTranslator({
  'It is {}.': 'Это {}.',
  'It is {} of {}.': '{2}: из него {1}.',
  'a dog': 'собака',
  '{} dogs': (count) => `собак: ${count}`,
  'a dog (or two)': 'собака (или две)',
});

describe('a translator', () => {
  test('finds the sentence with most words of its own', () =>
    expect(translate('It is half of ten.')).toBe('ten: из него half.'));

  test('translates what stands for values, and only that', () => {
    expect(translate('It is a dog.')).toBe('Это собака.');
    expect(translate('It is 3 dogs.')).toBe('Это собак: 3.');
    expect(translate('It is a cat.')).toBe('Это a cat.');
  });

  test('leaves what other programs said alone, though it has a word of the table', () => {
    const { translate: translateChoice } = createTranslator({
      '{} or {}': '{} или {}',
      'a dog': 'собака',
      'Not: {}': 'Нет: {}',
    });
    expect(translateChoice('Not: a dog or 3')).toBe('Нет: собака или 3');
    expect(translateChoice('Not: "x y" or "z"')).toBe('Нет: «x y» или «z»');
    expect(translateChoice('Not: No such file or directory')).toBe('Нет: No such file or directory');
  });

  test('takes signs of sentences for signs', () => {
    expect(translate('a dog (or two)')).toBe('собака (или две)');
    expect(translate('It is a dogXor two)')).toBeUndefined();
  });

  test('leaves values alone where they are given apart: they may be anybody’s words', () =>
    expect(fill('It is {}.', ['a dog'])).toBe('Это a dog.'));

  test('puts what is quoted into the quotes of the language', () =>
    expect(translate('It is "a {cat}".')).toBe('Это «a {cat}».'));

  test('writes decimal numbers as the language does', () => {
    const { fill: inRussian } = createTranslator({ '{} s, version {}': '{} с, версия {}' }, ',');
    expect(inRussian('{} s, version {}', ['1.5', '0.2.0'])).toBe('1,5 с, версия 0.2.0');
  });

  test('knows nothing of what is not in its table', () => {
    expect(translate('It was.')).toBeUndefined();
    expect(fill('It was.', [])).toBeUndefined();
    expect(translate('')).toBeUndefined();
  });
});

describe('an error in Russian', () => {
  test('has its values, its hint and its code', () =>
    expect(
      errorIn('ru', { code: 'ERR_FILE_NOT_FOUND', message: 'File not found: "a.wav"', hint: 'Check the path.' }),
    ).toEqual({
      code: 'ERR_FILE_NOT_FOUND',
      message: 'Файл не найден: «a.wav»',
      hint: 'Проверьте путь.',
    }));

  test.each([
    ['"a.md" is a text file; expected a recording.', '«a.md» — это текстовый файл, а нужна запись.'],
    [
      '/m/a.md is a file of an unknown format (12 bytes). Expected: a Whisper model as a Hugging Face folder (model.safetensors), a ggml file of whisper.cpp or a CTranslate2 folder.',
      '/m/a.md — это файл неизвестного формата (12 байт). Нужно: модель Whisper: папка Hugging Face (model.safetensors), файл ggml для whisper.cpp или папка CTranslate2.',
    ],
    [
      '/m is a folder with a.txt, b.txt and 3 more. Expected: x.',
      '/m — это папка, в которой a.txt, b.txt и ещё 3. Нужно: x.',
    ],
    [
      'Go online once and run: voiceinput models pull m. On a machine without a network, download a.bin, b.bin from https://h/m elsewhere, and run: voiceinput models import m FOLDER',
      'Подключитесь один раз к сети и запустите: voiceinput models pull m. Если на этом компьютере сети нет, загрузите на другом a.bin, b.bin со страницы https://h/m и запустите здесь: voiceinput models import m ПАПКА',
    ],
    [
      'Line 2 is not a request: the key "field" cannot have the value "x".',
      'Строка 2 — не запрос: у ключа «field» не может быть значения «x».',
    ],
    [
      'model.bin cannot be used: it has 40 bytes and ends inside decoder/weight, which needs 53',
      'model.bin не подходит: в файле 40 байт, он обрывается внутри decoder/weight, а нужно 53',
    ],
    [
      'Plugin file not found: arecord: No such file or directory',
      'Файл плагина не найден: arecord: No such file or directory',
    ],
  ])('leaves nothing of %s in English', (english, russian) => {
    expect(sentenceIn('ru', english)).toBe(russian);
  });

  test('says at least what its code means', () =>
    expect(errorIn('ru', { code: 'ERR_PLUGIN_FAILED', message: 'Of a stranger', hint: 'Ask Ann.' })).toEqual({
      code: 'ERR_PLUGIN_FAILED',
      message: 'Ошибка в плагине. (Of a stranger)',
      hint: 'Ask Ann.',
    }));

  test('of a newer version stays as it is', () => {
    const error = { code: 'ERR_OF_TOMORROW', message: 'New.', hint: '' };
    expect(errorIn('ru', error)).toEqual(error);
  });

  test('of a setting is a whole sentence', () =>
    expect(sentenceIn('ru', '/a.json: words is "Kubernetes", but it must be a list of texts.')).toBe(
      '/a.json: words равно «Kubernetes», а должно быть списком строк.',
    ));

  test('is in English where that is wanted', () => {
    const error = { code: 'ERR_BUSY', message: 'The daemon is busy.', hint: 'Wait.' };
    expect(errorIn('en', error)).toBe(error);
  });
});

test.each([
  [1, '1 диктовка'],
  [3, '3 диктовки'],
  [5, '5 диктовок'],
  [11, '11 диктовок'],
  [21, '21 диктовка'],
])('%i is counted as Russians do', (count, words) =>
  expect(counted(count, ['диктовка', 'диктовки', 'диктовок'])).toBe(words),
);
