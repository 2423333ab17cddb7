// Punctuation at both ends of a text: none in the middle of a sentence, none twice.

import { abbreviationAt } from '../words/abbreviations.ts';

const MARK = /[.,;:!?…。、，！？]/u;

/** The text without marks at its start that stand at the end of `before` already. */
export function withoutRepeatedStart(text: string, before: string): string {
  const last = before.trimEnd().at(-1) ?? '';
  if (!MARK.test(last)) return text;
  return text.replace(/^\s*[.,;:。、，]+\s*/u, '');
}

/** The text without the marks at its end that `after`, where the sentence goes on, makes wrong or brings itself. */
export function withoutEnd(text: string, after: string): string {
  const next = after.trimStart().charAt(0);
  if (!MARK.test(next)) return withoutStop(text);
  if (next === '.' || next === '…') return text.replace(/[.,;:]+$/u, '');
  return text.endsWith('.') && abbreviationAt(text) !== 'none' && next !== '.'
    ? text
    : text.replace(/[.,;:!?。、，]+$/u, '');
}

/** The text without its full stop. An ellipsis and the dot of an abbreviation stay. */
export function withoutStop(text: string): string {
  if (/(?:\.\.|…)$/u.test(text) || abbreviationAt(text) !== 'none') return text;
  return text.replace(/[.。]$/u, '');
}
