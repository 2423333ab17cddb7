// What a key that ibus tells means for the text.

import { normalised } from '../../keys/keysym.ts';

export interface KeyEvent {
  readonly keysym: number;
  /** As Linux counts, 8 less than X11. */
  readonly keycode: number;
  readonly state: number;
}

export type KeyMeaning =
  | { readonly kind: 'nothing' | 'backspace' | 'composing' }
  | { readonly kind: 'character'; readonly text: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Control, Mod1 (Alt), Mod4, Super, Hyper and Meta: with them a key is a command. */
const COMMANDING = 0x4 | 0x8 | 0x40 | (1 << 26) | (1 << 27) | (1 << 28);
const RELEASED = 1 << 30;
const BACKSPACE = 0xff08;
const ENTER = [0xff0d, 0xff8d];
const MODE_SWITCH = 0xff7e;
const NUM_LOCK = 0xff7f;
const UNICODE = 0x1000000;

const isIn = (keysym: number, first: number, last: number): boolean => keysym >= first && keysym <= last;

/** Whether the key was let go. */
export const isRelease = ({ state }: KeyEvent): boolean => (state & RELEASED) !== 0;

/** What a press means. */
export function meaningOfKey({ keysym, state }: KeyEvent): KeyMeaning {
  const isModifier = isIn(keysym, 0xffe1, 0xffee) || isIn(keysym, 0xfe01, 0xfe1f);
  if (isModifier || keysym === MODE_SWITCH || keysym === NUM_LOCK) return { kind: 'nothing' };
  if ((state & COMMANDING) !== 0) return { kind: 'unknown', reason: 'shortcut' };
  // Dead keys, and Compose.
  if (isIn(keysym, 0xfe50, 0xfe93) || keysym === 0xff20) return { kind: 'composing' };
  if (isIn(keysym, 0xff21, 0xff3f)) return { kind: 'unknown', reason: 'input-method' };
  if (keysym === BACKSPACE) return { kind: 'backspace' };
  if (ENTER.includes(keysym)) return { kind: 'unknown', reason: 'entered' };
  const text = textOf(keysym);
  return text === undefined ? { kind: 'unknown', reason: 'caret-moved' } : { kind: 'character', text };
}

/** Legacy keysyms from 0x6a1: letters of Slavic languages beside Russian's. */
const SLAVIC = 'ђѓёєѕіїјљњћќґўџ№ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏ';
const SLAVIC_FIRST = 0x6a1;
/** Legacy keysyms that are characters of an ISO 8859 set: by their upper byte, with the lower bytes that are the same. */
const SETS: Readonly<Record<number, { readonly name: string; readonly from: number; readonly to: number }>> = {
  0x1: { name: 'iso-8859-2', from: 0xa1, to: 0xff },
  0x7: { name: 'iso-8859-7', from: 0xc1, to: 0xf9 },
  0xc: { name: 'iso-8859-8', from: 0xe0, to: 0xfa },
};
const KEYPAD_FIRST = 0xffaa;
const KEYPAD = '*+,-./0123456789';

/** The character that a key gives. Absent: it gives none, or nobody here knows which. */
export function textOf(keysym: number): string | undefined {
  const plain = normalised(keysym);
  if (isIn(plain, 0x20, 0x7e) || isIn(plain, 0xa0, 0xff)) return String.fromCodePoint(plain);
  if (plain > UNICODE) return String.fromCodePoint(plain - UNICODE);
  const [set, low] = [SETS[plain >> 8], plain & 0xff];
  if (set !== undefined && isIn(low, set.from, set.to)) {
    const [character = ''] = new TextDecoder(set.name).decode(Uint8Array.of(low));
    return character === '\ufffd' ? undefined : character;
  }
  return SLAVIC[plain - SLAVIC_FIRST] ?? KEYPAD[plain - KEYPAD_FIRST];
}
