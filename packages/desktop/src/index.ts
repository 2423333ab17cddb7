// What plugins and applications can use of a desktop.

export type { Clipboard, Lent, Loan } from './clipboard/clipboard.ts';
export { selectedIn } from './clipboard/selected.ts';
export { isWayland } from './connection.ts';
export { openDisplay } from './display.ts';
export type { Display } from './display.ts';
export { openEscape } from './escape.ts';
export type { EscapeKey } from './escape.ts';
export type { Input, InputEvent } from './input.ts';
export type { Keyboard, Step } from './keys/keyboard.ts';
export type { Chord, KeptKeys } from './keys/kept.ts';
export type { Keymap, Stroke } from './keys/keymap.ts';
export { readCombination } from './keys/combination.ts';
export { refuseUnknownKey } from './keys/name.ts';
export { pressedKey } from './keys/pressed.ts';
export { isPrintable, namedKeys } from './keys/keysym.ts';
export { missingPortal } from './portal/missing.ts';
export { watchShortcut } from './portal/shortcut.ts';
export type { Shortcut, ShortcutPort } from './portal/shortcut.ts';
export { openOverlay } from './overlay/overlay.ts';
export type { Overlay } from './overlay/overlay.ts';
export type { Picture } from './overlay/picture.ts';
export { watchKeyOrButton } from './mouse-trigger.ts';
export { watchTrigger } from './trigger.ts';
export type { Trigger, TriggerPort } from './trigger.ts';
export type { ActiveWindow } from './windows.ts';
