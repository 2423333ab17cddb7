// What of a dictated text may get into an application's field.

import { printable } from '@voiceinput/plugin-api';

/**
 * `text` without control characters, escape sequences and bidi controls. Line breaks stay where `lineBreaks` allows
 * them; elsewhere a run of them becomes one space, so that nothing is sent or run by itself.
 */
export function sanitised(text: string, lineBreaks: boolean): string {
  if (!lineBreaks) return printable(text);
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map(printable)
    .join('\n');
}
