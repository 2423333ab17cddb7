// Escape belongs to us for a while: what it ends is ours, and the dialog in front stays open.

import { unlessGone } from './connection.ts';
import type { Display } from './display.ts';
import type { Chord } from './keys/kept.ts';
import { namedKeys } from './keys/keysym.ts';
import { modifiers } from './keys/combination.ts';

export interface EscapeKey {
  /** Keeps it from applications, also while a modifier is held, or gives it back: not before it is let go. Whoever watches keys hears it all the same. */
  keep(isKept: boolean): void;
  close(): Promise<void>;
}

/** In the beginning it is not kept. */
export function openEscape({ input, keyboard, keptKeys }: Pick<Display, 'input' | 'keyboard' | 'keptKeys'>): EscapeKey {
  const keycodes = keyboard.keymap.keycodesOf(namedKeys['Escape']!);
  const chords = [new Set<never>(), ...modifiers.map((one) => new Set([one]))].map((held): Chord => ({
    keycodes,
    modifiers: held,
  }));
  let isWanted = false;
  let isDown = false;
  let isKept = false;
  /** One change after the other. */
  let changing = Promise.resolve();

  async function change(): Promise<void> {
    const isNext = isWanted || (isKept && isDown);
    if (isNext === isKept) return;
    isKept = isNext;
    // One that another program has goes to that one, as ever.
    for (const chord of chords) await (isNext ? keptKeys.keep(chord) : keptKeys.giveBack(chord));
  }

  const changeNext = (): void => void (changing = changing.then(change).catch(unlessGone));
  const end = input.watch(({ kind, code, down }) => {
    if (kind !== 'key' || !keycodes.includes(code)) return;
    isDown = down;
    if (!down) changeNext();
  });
  return {
    keep(wanted) {
      isWanted = wanted;
      changeNext();
    },
    async close() {
      end();
      isWanted = false;
      isDown = false;
      changeNext();
      await changing;
    },
  };
}
