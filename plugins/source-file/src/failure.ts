// How whatever a decoder threw is told to the user.

import { VoiceInputError, isVoiceInputError, quoted } from '@voiceinput/plugin-api';

/** `error` itself when it already is one of ours, else `ERR_AUDIO_CORRUPT` with it as the cause. */
export function asAudioError(error: unknown, name: string): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_AUDIO_CORRUPT', `${name} cannot be decoded: ${quoted(message)}.`, { cause: error });
}
