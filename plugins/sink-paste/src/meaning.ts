// What a key of the user's means for the text before the caret, by its place on the keyboard alone.

import { isCommanded, isCountedCode, isModifierCode, keyCodes } from '@voiceinput/desktop/portable';
import type { PortableEvent } from '@voiceinput/desktop/portable';
import type { Meaning } from '@voiceinput/field';

const { BackSpace: BACKSPACE, Return: ENTER, Tab: TAB, Super_L: SUPER_L, Super_R: SUPER_R } = keyCodes;

/** Of a press that does not move the focus. */
export function meaningOf({ code, repeated }: PortableEvent): Meaning {
  if (isModifierCode(code)) return { kind: 'nothing' };
  // macOS shows accents to choose from instead of repeating a letter.
  if (repeated) return { kind: 'unknown', reason: 'key-held' };
  if (code === BACKSPACE) return { kind: 'backspace' };
  if (code === ENTER) return { kind: 'unknown', reason: 'entered' };
  return isCountedCode(code) ? { kind: 'character' } : { kind: 'unknown', reason: 'caret-moved' };
}

/** How another field or window may have got the focus by this key. Absent: it did not. */
export function focusMoveOf(event: PortableEvent): string | undefined {
  const { code } = event;
  if (code === TAB || code === SUPER_L || code === SUPER_R) return 'focus-changed';
  return isCommanded(event) && !isModifierCode(code) ? 'shortcut' : undefined;
}
