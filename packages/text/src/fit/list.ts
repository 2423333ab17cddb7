// Items of a list: what is dictated into one is written as the items before it are.

import { lastLine } from './position.ts';

const MARKER = /^\s*(?:(?:[-*] )?\[[ xX]?\]|[-*•‣–—]|\d{1,3}[.)]|\p{L}[.)])\s+/u;

/** How the items of a list are written; absent where they differ, or where there is none to look at. */
export interface ListStyle {
  readonly capital?: boolean;
  readonly stop?: boolean;
}

/** The style of the list in whose new, empty item `before` ends; absent when it ends elsewhere. */
export function listStyleAt(before: string): ListStyle | undefined {
  const line = `${lastLine(before)} `;
  if (!MARKER.test(line) || line.replace(MARKER, '') !== '') return undefined;
  const items = itemsBefore(before);
  const capital = common(items.map((item) => startsWithCapital(item)));
  const stop = common(items.map((item) => /[.!?…。]$/u.test(item)));
  return { ...(capital !== undefined && { capital }), ...(stop !== undefined && { stop }) };
}

/** The texts of the items right above the last line. */
function itemsBefore(before: string): string[] {
  const items: string[] = [];
  for (const line of before.split('\n').slice(0, -1).toReversed()) {
    if (!MARKER.test(line)) break;
    items.push(line.replace(MARKER, '').trim());
  }
  return items.filter((item) => item !== '');
}

function startsWithCapital(item: string): boolean | undefined {
  const letter = /\p{L}/u.exec(item)?.[0];
  if (letter === undefined || letter.toLowerCase() === letter.toUpperCase()) return undefined;
  return letter !== letter.toLowerCase();
}

/** What all of them agree on. */
function common(values: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}
