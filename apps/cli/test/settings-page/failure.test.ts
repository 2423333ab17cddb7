import { VoiceInputError } from '@voiceinput/plugin-api';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/settings-page/failure.ts';

test('what is wrong with a setting is told in both languages of the page', () => {
  const error = new VoiceInputError(
    'ERR_CONFIG_INVALID',
    '/c.json: dictation.silenceMs is 5, but it must be 300 or more.',
  );
  expect(failureOf(error)).toEqual({
    code: 'ERR_CONFIG_INVALID',
    message: { en: error.message, ru: '/c.json: dictation.silenceMs равно 5, а должно быть не меньше 300.' },
    hint: { en: error.hint, ru: 'Исправьте значение, названное в сообщении.' },
  });
});
