// What is left of a text for which there is too little room on one line.

import { graphemesOf } from './graphemes.ts';

type Fits = (text: string) => boolean;

/** `text`, or an ellipsis and as many of its last words as fit; of one word that is too long, its last letters. */
export function endThatFits(text: string, fits: Fits): string {
  const line = onOneLine(text);
  if (fits(line)) return line;
  for (let start = line.indexOf(' '); start !== -1; start = line.indexOf(' ', start + 1)) {
    const end = `…${line.slice(start + 1)}`;
    if (fits(end)) return end;
  }
  const letters = graphemesOf(line.split(' ').at(-1) ?? '');
  while (letters.length > 0 && !fits(`…${letters.join('')}`)) letters.shift();
  return `…${letters.join('')}`;
}

/** `text`, or as many of its first words as fit and an ellipsis; of one word that is too long, its first letters. */
export function beginningThatFits(text: string, fits: Fits): string {
  const line = onOneLine(text);
  if (fits(line)) return line;
  for (let end = line.lastIndexOf(' '); end > 0; end = line.lastIndexOf(' ', end - 1)) {
    const beginning = `${line.slice(0, end)} …`;
    if (fits(beginning)) return beginning;
  }
  const letters = graphemesOf(line.split(' ')[0] ?? '');
  while (letters.length > 0 && !fits(`${letters.join('')}…`)) letters.pop();
  return `${letters.join('')}…`;
}

const onOneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
