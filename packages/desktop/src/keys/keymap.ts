// Which key gives which character now: those of the layout in use, and spare keys that are lent to all others.

import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { keysymOf, normalised } from './keysym.ts';
import { layoutOf } from './layout.ts';
import type { Layout, Stroke } from './layout.ts';
import type { Traces } from './traces.ts';

export type { Stroke } from './layout.ts';

export interface Keymap {
  /** The keys of a named key, such as `Left`. Empty when there is none. */
  keycodesOf(keysym: number): readonly number[];
  /** What a key gives, with Shift or without: in the group in use, then in the other ones. 0: nothing. */
  keysymsAt(keycode: number, shift: boolean): readonly number[];
  /** How a character is typed. Absent until `lend` made room for it. */
  strokeFor(character: string): Stroke | undefined;
  /** Whether letters come in the other case, when `refresh` looked last. */
  readonly isCapsLocked: boolean;
  /**
   * Gives spare keys to those characters of `text` that the layout does not have. Gives how many characters from the
   * beginning can now be typed; `changed` says whether a key changed, which programs need a moment to see.
   */
  lend(text: string): { readonly ready: number; readonly changed: boolean };
  /** Takes the spare keys back. */
  restore(): void;
  /** Looks at the keyboard again: which group is in use is told nobody. */
  refresh(): Promise<void>;
}

/** Of a key that is lent. */
interface Lent {
  plain: number;
  /** 0: the same. */
  shifted: number;
}

/** Bits of the pointer's mask: Lock, and the group in use (XKB protocol, 2.2.2). */
const LOCK = 1 << 1;
const groupIn = (mask: number): number => (mask >> 13) & 3;
/** Four columns: two groups alike, so that the group in use does not matter. */
const COLUMNS = 4;

/** `traces` are told of each key that is lent, before it is. */
export async function readKeymap(
  { client, root, firstKeycode, lastKeycode }: Connection,
  traces: Pick<Traces, 'note' | 'forget'>,
): Promise<Keymap> {
  const lent = new Map<number, Lent>();
  let layout: Layout;
  let isCapsLocked = false;
  let isStale = false;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    for (;;) {
      isStale = false;
      const [rows, { keyMask }] = await Promise.all([
        ask<readonly (readonly number[])[]>((answer) =>
          client.GetKeyboardMapping(firstKeycode, lastKeycode - firstKeycode + 1, answer),
        ),
        ask<{ keyMask: number }>((answer) => client.QueryPointer(root, answer)),
      ]);
      if (isStale) continue;
      // Whoever sets another layout takes our keys away.
      for (const [keycode, { plain }] of lent) if (rows[keycode - firstKeycode]?.[0] !== plain) lent.delete(keycode);
      isCapsLocked = (keyMask & LOCK) !== 0;
      layout = layoutOf({ rows, firstKeycode, group: groupIn(keyMask), lent: new Set(lent.keys()) });
      return;
    }
  }

  function refresh(): Promise<void> {
    reading ??= read().finally(() => (reading = undefined));
    return reading;
  }

  function give(keysym: number): boolean {
    // As long as there are enough, without Shift: a key of the user's that comes between would be another one with it.
    const free = layout.free.find((keycode) => !lent.has(keycode));
    const [half] = free === undefined ? [...lent].filter(([, { shifted }]) => shifted === 0) : [];
    const keycode = free ?? half?.[0];
    if (keycode === undefined) return false;
    const keysyms = half === undefined ? { plain: keysym, shifted: 0 } : { ...half[1], shifted: keysym };
    const { plain, shifted } = keysyms;
    lent.set(keycode, keysyms);
    isStale = true;
    traces.note(keycode, keysym);
    client.ChangeKeyboardMapping(keycode, COLUMNS, [plain, shifted || plain, plain, shifted || plain]);
    return true;
  }

  function lentStroke(keysym: number): Stroke | undefined {
    for (const [keycode, { plain, shifted }] of lent)
      if (plain === keysym || shifted === keysym) return { keycode, shift: plain !== keysym };
    return undefined;
  }

  const strokeOf = (keysym: number): Stroke | undefined => layout.strokes.get(keysym) ?? lentStroke(keysym);

  client.on('event', ({ name }) => {
    if (name !== 'MappingNotify') return;
    isStale = true;
    // Whoever types looks again and is told what is wrong.
    refresh().catch(() => undefined);
  });
  await refresh();
  return {
    keycodesOf: (keysym) => layout.keycodes.get(keysym) ?? [],
    keysymsAt: (keycode, shift) => layout.keysymsAt(keycode, shift),
    strokeFor: (character) => strokeOf(normalised(keysymOf(character))),
    get isCapsLocked() {
      return isCapsLocked;
    },
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
    restore() {
      for (const keycode of lent.keys()) client.ChangeKeyboardMapping(keycode, COLUMNS, [0, 0, 0, 0]);
      if (lent.size > 0) isStale = true;
      lent.clear();
      traces.forget();
    },
    refresh,
  };
}
