// What a key of the user's means for the text before the caret.

import { isPrintable } from '@voiceinput/desktop';
import type { Meaning } from '@voiceinput/field';

/** Ranges of keysyms (https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#keysym_encoding). */
const isIn = (keysym: number, first: number, last: number): boolean => keysym >= first && keysym <= last;

const BACKSPACE = 0xff08;
const ENTER = [0xff0d, 0xff8d];
const MODE_SWITCH = 0xff7e;
const NUM_LOCK = 0xff7f;

/** Shift, Lock, Control, Alt, Super and the like; what chooses a group or level. */
export const isModifier = (keysym: number): boolean =>
  isIn(keysym, 0xffe1, 0xffee) || isIn(keysym, 0xfe01, 0xfe1f) || keysym === MODE_SWITCH || keysym === NUM_LOCK;

export const isShift = (keysym: number): boolean => isIn(keysym, 0xffe1, 0xffe2);

/** Control, Meta, Alt, Super, Hyper: with them a key is a command. */
export const isCommanding = (keysym: number): boolean => isIn(keysym, 0xffe3, 0xffe4) || isIn(keysym, 0xffe7, 0xffee);

/** Dead keys, Compose and the keys of input methods: how many characters come of them is not known. */
const isComposing = (keysym: number): boolean => isIn(keysym, 0xfe50, 0xfe93) || isIn(keysym, 0xff20, 0xff3f);

/** `commanded`: whether Control, Alt or Super are held. */
export function meaningOf(keysym: number, commanded: boolean): Meaning {
  if (isModifier(keysym)) return { kind: 'nothing' };
  if (commanded) return { kind: 'unknown', reason: 'shortcut' };
  if (isComposing(keysym)) return { kind: 'unknown', reason: 'input-method' };
  if (keysym === BACKSPACE) return { kind: 'backspace' };
  if (ENTER.includes(keysym)) return { kind: 'unknown', reason: 'entered' };
  return isPrintable(keysym) ? { kind: 'character' } : { kind: 'unknown', reason: 'caret-moved' };
}

const TABS = [0xff09, 0xfe20];
/** Page Up and Page Down. */
const PAGES = [0xff55, 0xff56];
/** Of browsers: another tab, an address, a search. */
const GOING = new Set(Array.from('tnwlkf0123456789', (character) => character.codePointAt(0)!));

/** Whether a key may take the focus to another field of its window. */
export const mayMoveFocus = (keysym: number, commanded: boolean): boolean =>
  TABS.includes(keysym) || (commanded && (PAGES.includes(keysym) || GOING.has(keysym)));
