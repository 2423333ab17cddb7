// Which keys are modifiers, and which bit each sets while it is held.

import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import type { Modifier } from './combination.ts';
import { namedKeys } from './keysym.ts';

export interface ModifierKeys {
  /** By keycode. `other` are those that choose a level or group. Locks are states, not held keys: they are not here. */
  readonly kinds: ReadonlyMap<number, Modifier | 'other'>;
  /** The bit of a modifier in the state of the keyboard. 0 when the keyboard has none. */
  bitOf(modifier: Modifier): number;
  /** The bits of the locks: Caps Lock, Num Lock, Scroll Lock. */
  readonly lockBits: readonly number[];
}

/** The eight rows of the answer: Shift, Lock, Control, Mod1 to Mod5 (https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#requests:GetModifierMapping). */
const [SHIFT, LOCK, CONTROL] = [0, 1, 2];
const NUM_LOCK = 0xff7f;

export async function readModifiers(
  { client }: Connection,
  { keycodesOf }: { keycodesOf(keysym: number): readonly number[] },
): Promise<ModifierKeys> {
  const rows = await ask<readonly (readonly number[])[]>((answer) => client.GetModifierMapping(answer));
  const codesOf = (...keysyms: readonly number[]): readonly number[] => keysyms.flatMap(keycodesOf);
  const hasOne = (row: readonly number[], codes: readonly number[]): boolean =>
    row.some((code) => codes.includes(code));
  const locks = codesOf(NUM_LOCK, namedKeys['Scroll_Lock']!);
  const alts = codesOf(namedKeys['Alt_L']!, namedKeys['Alt_R']!);
  const supers = codesOf(namedKeys['Super_L']!, namedKeys['Super_R']!);

  function kindOf(row: readonly number[], index: number): Modifier | 'other' | 'lock' {
    if (index === SHIFT) return 'Shift';
    if (index === CONTROL) return 'Control';
    if (index === LOCK || hasOne(row, locks)) return 'lock';
    if (hasOne(row, alts)) return 'Alt';
    return hasOne(row, supers) ? 'Super' : 'other';
  }

  const kinds = new Map<number, Modifier | 'other'>();
  const bits = new Map<Modifier, number>();
  const lockBits: number[] = [];
  for (const [index, row] of rows.entries()) {
    const kind = kindOf(row, index);
    if (kind === 'lock') lockBits.push(1 << index);
    else if (kind !== 'other') bits.set(kind, 1 << index);
    // Rows are filled up with 0.
    for (const code of row) if (code !== 0 && kind !== 'lock') kinds.set(code, kind);
  }
  return { kinds, bitOf: (modifier) => bits.get(modifier) ?? 0, lockBits };
}
