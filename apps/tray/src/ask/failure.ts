// What a failure is told as.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

export function asKnown(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new VoiceInputError('ERR_INTERNAL', message, { cause: error });
}

/** The daemon went away before it answered. */
export function isLost(error: unknown): boolean {
  return isVoiceInputError(error) && error.code === 'ERR_DAEMON_LOST';
}
