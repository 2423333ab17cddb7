// How the daemon's own troubles are put into words: it goes on, and its user hears of them.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

/** `error`: what closing rejected with; an AggregateError gives all its reasons. */
export function unclosed(what: string, error: unknown): VoiceInputError {
  const reasons = error instanceof AggregateError ? error.errors : [error];
  const why = reasons.map(messageOf).join(' ');
  return new VoiceInputError('ERR_PLUGIN_FAILED', `${what} did not close cleanly: ${why}`, { cause: error });
}

/** `error`, or an `ERR_STORAGE` that says what did not work and why. */
export function failed(what: string, error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  return new VoiceInputError('ERR_STORAGE', `${what}: ${messageOf(error)}`, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
