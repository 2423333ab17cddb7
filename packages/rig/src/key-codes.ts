// Which key of a keyboard gives what: codes of `input-event-codes.h` in the kernel, on a layout of the USA.

import { Key } from './desk/user.ts';

export const LEFT_BUTTON = 0x1_10;

const codes: Readonly<Record<number, number>> = {
  [Key.backspace]: 14,
  [Key.tab]: 15,
  [Key.enter]: 28,
  [Key.home]: 102,
  [Key.left]: 105,
  [Key.shift]: 42,
  [Key.control]: 29,
  [Key.rightControl]: 97,
};
/** Characters of which the key wants Shift, by the character on it. */
export const shifted: Readonly<Record<string, string>> = { '+': '=' };
/** Rows of the keyboard, by the code of their first key. */
const rows: readonly (readonly [first: number, characters: string])[] = [
  [2, '1234567890-='],
  [16, 'qwertyuiop[]'],
  [30, "asdfghjkl;'"],
  [44, 'zxcvbnm,./'],
  [57, ' '],
];

/** The code of the key that gives `keysym` without others. Throws where there is none. */
export function codeOf(keysym: number): number {
  const character = String.fromCodePoint(keysym);
  const [first, characters] = rows.find((row) => row[1].includes(character)) ?? [];
  const code = codes[keysym] ?? (first === undefined ? undefined : first + characters!.indexOf(character));
  if (code === undefined) throw new Error(`No key gives ${character} (${keysym}).`);
  return code;
}
