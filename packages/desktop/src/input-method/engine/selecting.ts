// Selects what stands before the caret of a client that tells nothing of its text, and sees by that whether it still does.

import type { SelectionQuestion } from '../messages.ts';

/** A key as it is pressed for a client. */
export interface PressedKey {
  readonly keysym: number;
  readonly keycode: number;
  readonly isShifted?: boolean;
}

export interface SelectingPort {
  press(key: PressedKey, times: number): void;
  /** What the client says is selected. Absent: nothing. */
  selected(question: SelectionQuestion): Promise<string | undefined>;
}

/** `same`: what was wanted is selected. Else nothing is any more: `untold` where the client does not say what is. */
export type Selected = 'same' | 'different' | 'untold';

const LEFT = { keysym: 0xff51, keycode: 105 };
/** Ends a selection, at its right. */
export const RIGHT = { keysym: 0xff53, keycode: 106 };

/** Where a line wraps some clients need one key more; others lose one now and then. */
const MOST_CORRECTIONS = 6;

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** As readers count characters: what a caret steps over. */
export const graphemesIn = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Selects `text` before the caret if just that stands there. */
export async function selectBefore(port: SelectingPort, text: string): Promise<Selected> {
  const last = graphemesIn(text).at(-1) ?? '';
  // One key first: where it does something else, or something is selected already, it can be taken back.
  const first = await extend(port, '', last);
  if (first.kind !== 'same') {
    takeBack(port, first);
    return first.kind;
  }
  const all = await extend(port, last, text);
  if (all.kind !== 'same') port.press(RIGHT, 1);
  return all.kind;
}

interface Extended {
  readonly kind: Selected;
  /** So many keys to the left. */
  readonly pressed: number;
}

/** Extends the selection from `from` to `wanted`, which ends in it. */
async function extend(port: SelectingPort, from: string, wanted: string): Promise<Extended> {
  let selected = from;
  let pressed = 0;
  for (let tries = 0; tries <= MOST_CORRECTIONS; tries += 1) {
    const missing = graphemesIn(wanted).length - graphemesIn(selected).length;
    if (missing === 0) return { kind: 'same', pressed };
    port.press({ ...(missing > 0 ? LEFT : RIGHT), isShifted: true }, Math.abs(missing));
    pressed += missing;
    // The first time no key can be on its way that goes beyond.
    const told = await port.selected({ wanted, isPassing: tries > 0 });
    if (told === wanted) return { kind: 'same', pressed };
    if (told === undefined) return { kind: 'untold', pressed };
    if (!told.endsWith(wanted) && !wanted.endsWith(told)) break;
    selected = told;
  }
  return { kind: 'different', pressed };
}

/** What was selected before is selected again; where nothing seems to be, the caret goes back where it was. */
function takeBack(port: SelectingPort, { kind, pressed }: Extended): void {
  if (kind === 'untold') port.press(RIGHT, 1);
  else port.press({ ...(pressed > 0 ? RIGHT : LEFT), isShifted: true }, Math.abs(pressed));
}
