// What plugins and applications can use of a desktop that is not X11.

export { isCommanded } from './hook.ts';
export type { PortableEvent } from './hook.ts';
export { watchHeldKey } from './held-key.ts';
export type { HeldKeyPort } from './held-key.ts';
export { isCommandingCode, isCountedCode, isModifierCode, keyCodes } from './key-codes.ts';
export { openPortableDesktop, openTextClipboard } from './open.ts';
export type { PortableDesktop } from './open.ts';
export { permissionHint } from './permission.ts';
export { pasteKeysOf, pasteStrokes } from './strokes.ts';
export type { PasteKeys, Stroke } from './strokes.ts';
