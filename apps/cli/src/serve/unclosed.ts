// How it is told that something did not close well.

import { VoiceInputError } from '@voiceinput/plugin-api';

/** `error`: what closing rejected with; an AggregateError gives all its reasons. */
export function unclosed(what: string, error: unknown): VoiceInputError {
  const reasons = error instanceof AggregateError ? error.errors : [error];
  const why = reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join(' ');
  return new VoiceInputError('ERR_PLUGIN_FAILED', `${what} did not close well: ${why}`, { cause: error });
}
