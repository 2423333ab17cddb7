// Which key gives which character, by a keyboard's map and the group of it that is in use.

import { normalised } from './keysym.ts';

export interface Stroke {
  readonly keycode: number;
  readonly shift: boolean;
}

export interface Layout {
  /** By normalised keysym. */
  readonly strokes: ReadonlyMap<number, Stroke>;
  /** The keys that give a keysym in any way. */
  readonly keycodes: ReadonlyMap<number, readonly number[]>;
  /** Keys that give nothing. */
  readonly free: readonly number[];
  /** What a key gives, with Shift or without: in the group in use, then in the other ones that the map shows. 0: nothing. */
  keysymsAt(keycode: number, shift: boolean): readonly number[];
}

export interface KeyboardMap {
  /** What each key from `firstKeycode` on gives, in the order of the core protocol. */
  readonly rows: readonly (readonly number[])[];
  readonly firstKeycode: number;
  /** 0…3. */
  readonly group: number;
  /** Keys that somebody lent, as if they were not there. */
  readonly lent: ReadonlySet<number>;
}

/**
 * Groups 1 and 2 have two columns each. Where later ones are depends on what the map does not tell
 * (https://www.x.org/releases/X11R7.7/doc/kbproto/xkbproto.html#the_keyboard_mapping).
 */
const GROUP_COLUMNS = [0, 2];

export function layoutOf({ rows, firstKeycode, group, lent }: KeyboardMap): Layout {
  const column = GROUP_COLUMNS[group];
  const columns = [column ?? 0, ...GROUP_COLUMNS.filter((other) => other !== (column ?? 0))];
  const strokes = new Map<number, Stroke>();
  const keycodes = new Map<number, number[]>();
  const free: number[] = [];

  for (const [index, keysyms] of rows.entries()) {
    const keycode = firstKeycode + index;
    if (lent.has(keycode)) continue;
    if (keysyms.every((keysym) => keysym === 0)) free.push(keycode);
    for (const keysym of new Set(keysyms)) keycodes.set(keysym, [...(keycodes.get(keysym) ?? []), keycode]);
    if (column === undefined) continue;
    for (const level of [0, 1]) {
      const keysym = normalised(levelOf(keysyms, column, level));
      const known = strokes.get(keysym);
      if (keysym !== 0 && (known === undefined || (known.shift && level === 0)))
        strokes.set(keysym, { keycode, shift: level === 1 });
    }
  }

  return {
    strokes,
    keycodes,
    free,
    keysymsAt(keycode, shift) {
      const keysyms = rows[keycode - firstKeycode] ?? [];
      return columns.map((one) => levelOf(keysyms, one, shift ? 1 : 0));
    },
  };
}

/** A key without a second level gives the first; without the group, the first group. */
function levelOf(keysyms: readonly number[], column: number, level: number): number {
  const inGroup = keysyms[column] ? column : 0;
  return keysyms[inGroup + level] || (level === 1 ? upperOf(keysyms[inGroup] ?? 0) : 0);
}

/** Letters with one level only mean both cases. */
function upperOf(keysym: number): number {
  return keysym >= 0x61 && keysym <= 0x7a ? keysym - 0x20 : 0;
}
