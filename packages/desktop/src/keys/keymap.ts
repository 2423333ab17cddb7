// Decides which key gives which character: those of the layout in use, and spare keys that are lent to all others.

import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { keysymOf, normalised } from './keysym.ts';
import type { Traces } from './traces.ts';

export interface Stroke {
  readonly keycode: number;
  readonly shift: boolean;
}

export interface Keymap {
  /** The keys of a named key, such as `Left`. Empty when there is none. */
  keycodesOf(keysym: number): readonly number[];
  /** What a key gives, with Shift or without. 0 when nothing. */
  keysymAt(keycode: number, shift: boolean): number;
  /** How a character is typed. Absent until `lend` made room for it. */
  strokeFor(character: string): Stroke | undefined;
  /**
   * Gives spare keys to those characters of `text` that the layout does not have. Gives how many characters from the
   * beginning can now be typed; `changed` says whether a key changed, which programs need a moment to see.
   */
  lend(text: string): { readonly ready: number; readonly changed: boolean };
  /** Takes the spare keys back. */
  restore(): void;
}

interface Spare {
  readonly keycode: number;
  /** Without Shift, with Shift. */
  readonly keysyms: [number, number];
}

/** Bits 13 and 14 of the pointer's mask are the group in use (XKB protocol, 2.2.2). */
const groupIn = (mask: number): number => (mask >> 13) & 3;
/** Four columns: two groups alike, so that the group in use does not matter. */
const COLUMNS = 4;

/** `traces` are told of each key that is lent, before it is. */
export async function readKeymap(
  { client, root, firstKeycode, lastKeycode }: Connection,
  traces: Pick<Traces, 'note' | 'forget'>,
): Promise<Keymap> {
  const [map, { keyMask }] = await Promise.all([
    ask<readonly (readonly number[])[]>((answer) =>
      client.GetKeyboardMapping(firstKeycode, lastKeycode - firstKeycode + 1, answer),
    ),
    ask<{ keyMask: number }>((answer) => client.QueryPointer(root, answer)),
  ]);
  // Groups 1 and 2 have two columns each, later ones follow (https://www.x.org/releases/X11R7.7/doc/kbproto/xkbproto.html#the_keyboard_mapping).
  const column = 2 * groupIn(keyMask);
  const layout = new Map<number, Stroke>();
  const codes = new Map<number, number[]>();
  const spares: Spare[] = [];
  const lent = new Map<number, Stroke>();

  for (const [index, keysyms] of map.entries()) {
    const keycode = firstKeycode + index;
    if (keysyms.every((keysym) => keysym === 0)) {
      spares.push({ keycode, keysyms: [0, 0] });
      continue;
    }
    for (const keysym of new Set(keysyms)) codes.set(keysym, [...(codes.get(keysym) ?? []), keycode]);
    for (const level of [0, 1]) {
      const keysym = normalised(levelOf(keysyms, column, level));
      const known = layout.get(keysym);
      if (keysym !== 0 && (known === undefined || (known.shift && level === 0)))
        layout.set(keysym, { keycode, shift: level === 1 });
    }
  }

  function give(keysym: number): boolean {
    // As long as there are enough, without Shift: a key of the user's that comes between would be another one with it.
    const spare = spares.find(({ keysyms }) => keysyms[0] === 0) ?? spares.find(({ keysyms }) => keysyms[1] === 0);
    if (spare === undefined) return false;
    const level = spare.keysyms.indexOf(0);
    spare.keysyms[level] = keysym;
    lent.set(keysym, { keycode: spare.keycode, shift: level === 1 });
    const [plain, shifted] = spare.keysyms;
    traces.note(spare.keycode, keysym);
    client.ChangeKeyboardMapping(spare.keycode, COLUMNS, [plain, shifted || plain, plain, shifted || plain]);
    return true;
  }

  function restore(): void {
    for (const { keycode, keysyms } of spares) {
      if (keysyms[0] !== 0) client.ChangeKeyboardMapping(keycode, COLUMNS, [0, 0, 0, 0]);
      keysyms.fill(0);
    }
    traces.forget();
    lent.clear();
  }

  const strokeOf = (keysym: number): Stroke | undefined => layout.get(keysym) ?? lent.get(keysym);

  return {
    keycodesOf: (keysym) => codes.get(keysym) ?? [],
    keysymAt: (keycode, shift) => levelOf(map[keycode - firstKeycode] ?? [], column, shift ? 1 : 0),
    strokeFor: (character) => strokeOf(normalised(keysymOf(character))),
    lend(text) {
      let changed = false;
      let ready = 0;
      for (const character of text) {
        const keysym = normalised(keysymOf(character));
        if (strokeOf(keysym) === undefined) {
          if (!give(keysym)) return { ready, changed };
          changed = true;
        }
        ready += character.length;
      }
      return { ready, changed };
    },
    restore,
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
