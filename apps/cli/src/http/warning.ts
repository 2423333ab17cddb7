// How something is told that did not keep a transcription from being made.

import type { ErrorCode } from '@voiceinput/plugin-api';
import { printable } from '@voiceinput/plugin-api';

export interface Warning {
  readonly message: string;
  /** The field of the request that it is about. */
  readonly param: string | null;
  readonly code: ErrorCode;
}

const HEADER = 'X-VoiceInput-Warning';
const MOST_CHARACTERS = 1_000;

/** For answers that have no other place for it, such as subtitles. */
export function warningHeaders(warnings: readonly Warning[]): Record<string, string> {
  if (warnings.length === 0) return {};
  const text = warnings.map(({ message }) => printable(message)).join(' ');
  return { [HEADER]: text.slice(0, MOST_CHARACTERS).replace(/[^\x20-\x7e]/g, '?') };
}

/** For answers that are objects. */
export function warningsField(warnings: readonly Warning[]): { readonly warnings?: readonly Warning[] } {
  return warnings.length === 0 ? {} : { warnings };
}
