// How the menu says what notifications would say.

import { printable } from '@voiceinput/plugin-api';
import { graphemesOf } from '../draw/graphemes.ts';
import type { Matter, Note } from '../notify/matter.ts';
import { words } from './item.ts';
import type { MenuItem } from './item.ts';

/** As long as the menu stays a menu. */
const MOST_CHARACTERS = 60;
const MOST_LINES = 6;

/** `said`: what the menu says already. What a note offers to do is in the menu. */
export function noteWords(notes: Readonly<Partial<Record<Matter, Note>>>, said: string): readonly MenuItem[] {
  return Object.values(notes).flatMap(({ summary, body }) => [
    ...(summary === said ? [] : [words(summary)]),
    ...linesOf(body).map((line) => words(line)),
  ]);
}

function linesOf(body: string): readonly string[] {
  const lines = body.split('\n').flatMap((line) => wrapped(graphemesOf(printable(line).trim())));
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), '…'];
}

/** Broken at spaces where there are some, else anywhere. */
function wrapped(characters: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < characters.length && lines.length <= MOST_LINES;) {
    const isLast = characters.length - start <= MOST_CHARACTERS;
    const space = characters.lastIndexOf(' ', start + MOST_CHARACTERS);
    const end = isLast ? characters.length : space > start ? space : start + MOST_CHARACTERS;
    lines.push(characters.slice(start, end).join('').trim());
    start = end;
  }
  return lines;
}
