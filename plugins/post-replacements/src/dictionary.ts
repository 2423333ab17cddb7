// Which entry of the user's dictionary stands at a place of a text: the longest that ends at a word's end.

import { endsWord } from './boundary.ts';
import { folded, graphemesOf, isSpace } from './graphemes.ts';

/** A tree of folded graphemes; a run of white space is one step. */
interface Branch {
  readonly next: Map<string, Branch>;
  /** The replacement for any case. */
  anyCase?: string;
  /** Replacements that hold only for just this spelling. */
  exact?: Map<string, string>;
}

export interface Match {
  /** Index behind the last grapheme that matched. */
  readonly end: number;
  readonly replacement: string;
}

export interface Dictionary {
  find(graphemes: readonly string[], start: number): Match | undefined;
}

/** Looking up takes as long as the longest entry at the place, however many entries there are. */
export function dictionaryOf(replacements: Readonly<Record<string, string>>): Dictionary {
  const root: Branch = { next: new Map() };
  for (const [phrase, replacement] of Object.entries(replacements)) plant(root, phrase.trim(), replacement);
  return { find: (graphemes, start) => longest(root, graphemes, start) };
}

function plant(root: Branch, phrase: string, replacement: string): void {
  let branch = root;
  const spelling = spellingOf(graphemesOf(phrase));
  for (const grapheme of graphemesOf(spelling)) branch = grown(branch, folded(grapheme));
  if (isAbbreviation(spelling)) (branch.exact ??= new Map()).set(spelling, replacement);
  else branch.anyCase = replacement;
}

function grown(branch: Branch, step: string): Branch {
  const known = branch.next.get(step);
  if (known) return known;
  const young: Branch = { next: new Map() };
  branch.next.set(step, young);
  return young;
}

function longest(root: Branch, graphemes: readonly string[], start: number): Match | undefined {
  let match: Match | undefined;
  let branch: Branch | undefined = root;
  let at = start;
  while (branch && at < graphemes.length) {
    branch = branch.next.get(folded(graphemes[at] ?? ''));
    at = isSpace(graphemes[at]) ? afterSpace(graphemes, at) : at + 1;
    if (!branch || !endsWord(graphemes, at)) continue;
    const replacement = branch.exact?.get(spellingOf(graphemes.slice(start, at))) ?? branch.anyCase;
    if (replacement !== undefined) match = { end: at, replacement };
  }
  return match;
}

function afterSpace(graphemes: readonly string[], index: number): number {
  let at = index;
  while (isSpace(graphemes[at])) at += 1;
  return at;
}

const spellingOf = (graphemes: readonly string[]): string =>
  graphemes.join('').replace(/\s+/gu, ' ').replaceAll('’', "'").normalize('NFC');

/** "US" must not take the "us" of "tell us". */
const isAbbreviation = (phrase: string): boolean =>
  (phrase.match(/\p{Lu}/gu)?.length ?? 0) >= 2 && !/\p{Ll}/u.test(phrase);
