// Where in its sentence a caret stands, read off the text before and behind it.

import { isLowQuoteOpen, isQuoteOpen, writesNoSpaces } from '@voiceinput/plugin-api';
import { abbreviationAt } from '../words/abbreviations.ts';

/**
 * `start`: a sentence begins here. `inside`: one goes on here. `either`: both are written that way, so the words are
 * left as they were recognised.
 */
export type Position = 'start' | 'inside' | 'either';

const TERMINAL = /[.!?。！？]$/u;
const CLOSERS = /[\p{Pe}\p{Pf}"'’]+$/u;
const OPENERS = /[\p{Ps}\p{Pi}„¿¡"']+$/u;
/** A label at the start of a line, such as `Subject:`; what follows it is an entry of its own. */
const LABEL = /^\s*\p{Lu}[^\s:]*(?: [^\s:]+){0,2}:$/u;
/** What a line of Markdown, a quoted mail or a comment begins with; a sentence begins behind it. */
const LINE_MARKER = /^\s*(?:>\s?|#{1,6}\s|\/{2,3}\s|\/\*+\s|<!--\s)+$/u;
const EMOTICON = /(?:[:;]-?[)(DP]|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})*)$/u;

/** Where in its sentence the end of `before` is. */
export function positionAfter(before: string): Position {
  const line = lastLine(before).trimEnd();
  if (line === '' || /\n\s*$/u.test(before) || LINE_MARKER.test(lastLine(before))) return 'start';
  if (EMOTICON.test(line)) return 'either';
  const bare = line.replace(CLOSERS, '');
  if (bare !== line && !opensAt(line)) return afterClosing(bare);
  if (OPENERS.test(line)) return afterOpening(line.replace(OPENERS, '').trimEnd());
  return afterMark(line);
}

/** Whether the straight quotes at the end of the line open a quotation instead of closing one. */
function opensAt(line: string): boolean {
  return /["']$/u.test(line) && (/(?:^|[\s\p{Ps}])["']$/u.test(line) || isQuoteOpen(line, line.at(-1)!));
}

function afterClosing(bare: string): Position {
  return TERMINAL.test(bare) ? afterMark(bare) : 'inside';
}

/** A bracket or quotation that opens at the start of a sentence holds a sentence; a quotation may always hold one. */
function afterOpening(beforeIt: string): Position {
  if (beforeIt === '') return 'start';
  const around = afterMark(beforeIt);
  return around === 'inside' && /[,:—–-]$/u.test(beforeIt) ? 'either' : around;
}

function afterMark(line: string): Position {
  if (/(?:\.\.\.|…)$/u.test(line)) return 'either';
  if (line.endsWith('.')) return afterDot(line);
  if (TERMINAL.test(line)) return 'start';
  return LABEL.test(line) ? 'either' : 'inside';
}

/** A dot ends a sentence unless it belongs to an abbreviation or to the number of a list item. */
function afterDot(line: string): Position {
  if (/^\s*(?:\d{1,3}|\p{L})\.$/u.test(line)) return 'start';
  return { goesOn: 'inside', mayEnd: 'either', beforeName: 'either', none: 'start' }[abbreviationAt(line)] as Position;
}

/** Whether the sentence that `before` ends in goes on in `after`, on the same line. */
export function goesOn(before: string, after: string): boolean {
  const rest = after.replace(/^[^\S\n]+/u, '');
  if (/^[\p{Ll}.,;:!?…。、，！？：；%—–]|^-(?:\p{L}|\s)/u.test(rest)) return true;
  if (
    /^[\p{Pe}\p{Pf}]/u.test(rest) ||
    (rest.startsWith('“') && isLowQuoteOpen(before)) ||
    (rest.startsWith('"') && isQuoteOpen(before, '"'))
  )
    return positionAfter(before) === 'inside';
  return writesNoSpaces(rest.charAt(0)) && positionAfter(before) === 'inside';
}

/** The last line of a text, without what stands in the lines before it. */
export function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
