// Which number a key has in uiohook, by the names that keys have on X11 (libuiohook, include/uiohook.h, "VC_").

export const keyCodes: Readonly<Record<string, number>> = {
  Left: 0xe04b,
  Up: 0xe048,
  Right: 0xe04d,
  Down: 0xe050,
  Home: 0x0e47,
  End: 0x0e4f,
  BackSpace: 0x0e,
  Delete: 0x0e53,
  Insert: 0x0e52,
  Return: 0x1c,
  Tab: 0x0f,
  Escape: 0x01,
  Shift_L: 0x2a,
  Shift_R: 0x36,
  Control_L: 0x1d,
  Control_R: 0x0e1d,
  Alt_L: 0x38,
  Alt_R: 0x0e38,
  Super_L: 0x0e5b,
  Super_R: 0x0e5c,
  ISO_Level3_Shift: 0x0e38,
  Caps_Lock: 0x3a,
  Scroll_Lock: 0x46,
  Pause: 0x0e45,
  Menu: 0x0e5d,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`F${index + 1}`, 0x3b + index])),
  F11: 0x57,
  F12: 0x58,
  F13: 0x5b,
  F14: 0x5c,
  F15: 0x5d,
  ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`F${index + 16}`, 0x63 + index])),
};

/** Where the letters and digits of a Latin keyboard are, by the code of the first. */
const rows: readonly (readonly [number, string])[] = [
  [0x02, '1234567890'],
  [0x10, 'qwertyuiop'],
  [0x1e, 'asdfghjkl'],
  [0x2c, 'zxcvbnm'],
];
const characterCodes = new Map(
  rows.flatMap(([first, row]) => row.split('').map((character, index): [string, number] => [character, first + index])),
);

/** The code of a key as `readCombination` names it. Absent: only X11 has it. */
export const codeOfKey = (key: string): number | undefined =>
  keyCodes[key] ?? (key === 'Space' ? SPACE : characterCodes.get(key));

const SPACE = 0x39;
const NUM_LOCK = 0x45;
const UNKNOWN = 0;

const codesOf = (...names: readonly string[]): number[] => names.map((name) => keyCodes[name]!);
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** With them a key is a command. */
const COMMANDING = new Set(codesOf('Control_L', 'Control_R', 'Alt_L', 'Alt_R', 'Super_L', 'Super_R'));
const MODIFIERS = new Set([...COMMANDING, ...codesOf('Shift_L', 'Shift_R', 'Caps_Lock', 'Scroll_Lock'), NUM_LOCK]);
/** Places of the keyboard where every usual layout has one character a press: digits, letters, and some between them. */
const COUNTED = new Set([...range(0x02, 0x0c), ...range(0x10, 0x19), ...range(0x1e, 0x27), ...range(0x2c, 0x35), 0x39]);
/** Places where many layouts have a dead key, and the second halves of some layouts. */
const MAYBE_DEAD = new Set([0x0d, 0x1a, 0x1b, 0x28, 0x29, 0x2b, 0x0e46]);

export const isModifierCode = (code: number): boolean => MODIFIERS.has(code);
export const isCommandingCode = (code: number): boolean => COMMANDING.has(code);
/** Whether one press is one character, on every usual layout and without an input method. */
export const isCountedCode = (code: number): boolean => COUNTED.has(code);
/** Whether typed text may be told as this key. Windows tells characters that it was sent as no key at all. */
export const isTypedCode = (code: number): boolean => COUNTED.has(code) || MAYBE_DEAD.has(code) || code === UNKNOWN;
