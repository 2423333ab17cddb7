// Decides which keys are kept from applications, and that whoever watches keys of this process knows it.

import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';

export interface KeptKeys {
  /**
   * Keeps these keys, pressed without Shift, Control, Alt or Super, from whatever has the focus; keys pressed while one
   * of them is held are not kept. Gives whether they are kept: `false` when another program has one of them already.
   */
  keep(keycodes: readonly number[]): Promise<boolean>;
  /** Gives keys back to the applications. Absent: all. */
  giveBack(keycodes?: readonly number[]): Promise<void>;
}

/** https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#requests:GrabKey */
const GRAB_KEY = 33;
const BAD_ACCESS = 10;
/** A keyboard that waits for us (`GrabModeSync`) would stand still for everybody when this process does. */
const GOING_ON = 1;
const NOW = 0;
const LOCK = 1 << 1;
/** The two locks that are no modifier of their own: Num Lock and Scroll Lock. */
const LOCK_KEYSYMS = [0xff7f, 0xff14];

/** By display: sinks watch over another connection than the one that keeps the key. */
const keptOn = new Map<string, Set<number>>();

export function isKept(display: string, keycode: number): boolean {
  return keptOn.get(display)?.has(keycode) === true;
}

export async function openKeptKeys(
  { client, root, name: display, lost }: Connection,
  { keycodesOf }: { keycodesOf(keysym: number): readonly number[] },
): Promise<KeptKeys> {
  const masks = lockMasks(
    await ask<readonly (readonly number[])[]>((answer) => client.GetModifierMapping(answer)),
    LOCK_KEYSYMS.flatMap(keycodesOf),
  );
  const ours = new Set<number>();

  client.on('event', ({ name, keycode = 0 }) => {
    // The key alone is ours: all others go on to the application.
    if (name !== 'KeyPress' || !ours.has(keycode)) return;
    client.UngrabKeyboard(NOW);
    void client.flush();
  });

  async function giveBack(keycodes: readonly number[] = [...ours]): Promise<void> {
    const given = keycodes.filter((keycode) => ours.delete(keycode));
    if (given.length === 0) return;
    for (const keycode of given) {
      for (const mask of masks) client.UngrabKey(root, keycode, mask);
      keptOn.get(display)?.delete(keycode);
    }
    await Promise.race([client.sync(), lost]);
  }

  return {
    async keep(keycodes) {
      let isRefused = false;
      const hear = ({ error, majorOpcode }: { error?: number; majorOpcode?: number }): void => {
        isRefused ||= error === BAD_ACCESS && majorOpcode === GRAB_KEY;
      };
      client.on('error', hear);
      for (const keycode of keycodes) {
        ours.add(keycode);
        for (const mask of masks) client.GrabKey(root, 0, mask, keycode, GOING_ON, GOING_ON);
      }
      await client.sync();
      client.off('error', hear);
      if (isRefused) await giveBack(keycodes);
      else keptOn.set(display, new Set([...(keptOn.get(display) ?? []), ...keycodes]));
      return !isRefused;
    },
    giveBack,
  };
}

/** Every combination of the locks: a key is kept whether they are on or off. */
function lockMasks(modifiers: readonly (readonly number[])[], lockKeys: readonly number[]): readonly number[] {
  const locks = modifiers.flatMap((keys, index) => (keys.some((key) => lockKeys.includes(key)) ? [1 << index] : []));
  return [LOCK, ...locks].reduce((masks, lock) => [...new Set([...masks, ...masks.map((mask) => mask | lock)])], [0]);
}
