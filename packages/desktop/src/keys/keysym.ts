// Which keysym stands for a character, and which character for a keysym (https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#keysym_encoding).

import x11 from 'x11';

const UNICODE = 0x0100_0000;
const RETURN = 0xff0d;
const TAB = 0xff09;

/** Legacy Cyrillic keysyms from 0x6c0 are in the order of KOI8-R. */
const KOI8 = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ';
const LEGACY: Readonly<Record<number, number>> = {
  0x6a3: 0x451,
  0x6b3: 0x401,
  0x6b0: 0x2116,
  0x20ac: 0x20ac,
};

export function keysymOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a) return RETURN;
  if (code === 0x09) return TAB;
  const isLatin1 = (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff);
  return isLatin1 ? code : UNICODE + code;
}

/** The one keysym that all keysyms of the same character are compared as. */
export function normalised(keysym: number): number {
  const koi = KOI8.codePointAt(keysym - 0x6c0);
  if (keysym >= 0x6c0 && keysym <= 0x6ff && koi !== undefined) return UNICODE + koi;
  const legacy = LEGACY[keysym];
  return legacy === undefined ? keysym : UNICODE + legacy;
}

/** Whether a key that gives this keysym puts a character into a text. */
export function isPrintable(keysym: number): boolean {
  return (
    (keysym >= 0x20 && keysym < 0xff) ||
    (keysym > 0xff && keysym < 0xfd00) ||
    (keysym >= 0xffaa && keysym <= 0xffb9) ||
    keysym > UNICODE
  );
}

/** Whether a key that gives this keysym waits for the letter that it goes with. */
export const isDeadKey = (keysym: number): boolean => keysym >= 0xfe50 && keysym <= 0xfe93;

/** Whether a key of this name does nothing to an application when it is pressed alone. */
export const isModifierName = (name: string): boolean => /^(Control|Shift|Alt|Super|Meta|Hyper|ISO)_/.test(name);

export const namedKeys = {
  Left: 0xff51,
  Up: 0xff52,
  Right: 0xff53,
  Down: 0xff54,
  Home: 0xff50,
  End: 0xff57,
  BackSpace: 0xff08,
  Delete: 0xffff,
  Insert: 0xff63,
  Return: RETURN,
  Tab: TAB,
  Escape: 0xff1b,
  Shift_L: 0xffe1,
  Shift_R: 0xffe2,
  Control_L: 0xffe3,
  Control_R: 0xffe4,
  Alt_L: 0xffe9,
  Alt_R: 0xffea,
  Super_L: 0xffeb,
  Super_R: 0xffec,
  ISO_Level3_Shift: 0xfe03,
  Caps_Lock: 0xffe5,
  Scroll_Lock: 0xff14,
  Pause: 0xff13,
  Menu: 0xff67,
  ...Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`F${index + 1}`, 0xffbe + index])),
} as Readonly<Record<string, number>>;

/** All that X11 names besides (keysymdef.h). */
export const otherKeys: ReadonlyMap<string, number> = new Map(
  Object.entries(x11.keySyms)
    .map(([name, { code }]) => [name.replace(/^XK_/, ''), code] as const)
    .filter(([name]) => name.length > 1 && !(name in namedKeys)),
);
