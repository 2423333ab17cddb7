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
