// What went wrong, as the page is told of it.

import { errorIn } from '@voiceinput/client';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Failure } from './page/shapes.ts';

/** What nobody foresaw is `ERR_INTERNAL`. */
export function failureOf(error: unknown): Failure {
  const known = isVoiceInputError(error) ? error : new VoiceInputError('ERR_INTERNAL', String(error), { cause: error });
  const { code, message, hint } = known;
  const ru = errorIn('ru', { code, message, hint });
  return { code, message: { en: message, ru: ru.message }, hint: { en: hint, ru: ru.hint } };
}
