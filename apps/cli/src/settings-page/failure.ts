// What went wrong, as the page is told of it.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Failure } from './page/shapes.ts';

/** What nobody foresaw is `ERR_INTERNAL`. */
export function failureOf(error: unknown): Failure {
  const known = isVoiceInputError(error) ? error : new VoiceInputError('ERR_INTERNAL', String(error), { cause: error });
  const { code, message, hint } = known;
  return { code, message, hint };
}
