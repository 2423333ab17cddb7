// How the text of a cue is laid out: one line, or two where that does not fit.

import { cutCost, cutCosts } from './clauses.ts';
import { LINE_CHARACTERS } from './readable.ts';

export interface Layout {
  readonly text: string;
  /** How badly it reads: what the cut between its lines costs, and how uneven they are. */
  readonly cost: number;
}

/** `words` in one or two lines. Absent when they do not fit. */
export function layOut(words: readonly string[]): Layout | undefined {
  const text = words.join(' ');
  if (text.length <= LINE_CHARACTERS) return { text, cost: 0 };
  let best: Layout | undefined;
  let length = -1;
  for (const [index, word] of words.slice(0, -1).entries()) {
    length += 1 + word.length;
    const below = text.length - length - 1;
    if (length > LINE_CHARACTERS || below > LINE_CHARACTERS) continue;
    const cost = (cutCost(word, words[index + 1]!) + unevenness(length, below)) * LINE_SHARE;
    if (best && best.cost <= cost) continue;
    best = { text: `${text.slice(0, length)}\n${text.slice(length + 1)}`, cost };
  }
  return best;
}

/** Both lines are seen at once, so a bad cut between them is not as bad as one between cues. */
const LINE_SHARE = 0.2;

/** Lines of one length are read with the least movement of the eyes. */
function unevenness(above: number, below: number): number {
  return (Math.abs(above - below) / LINE_CHARACTERS) * cutCosts.word;
}
