// Which keys are kept from applications, and that whoever watches keys of this process knows it.

import type { Done } from 'x11';
import type { Connection } from '../connection.ts';
import type { Modifier } from './combination.ts';
import type { ModifierKeys } from './modifiers.ts';

/** Keys, pressed while just these modifiers are held; locks do not count. */
export interface Chord {
  readonly keycodes: readonly number[];
  readonly modifiers: ReadonlySet<Modifier>;
}

export interface KeptKeys {
  /**
   * Keeps a chord from whatever has the focus; other keys pressed while it is held are not kept. Gives whether it is kept:
   * `false` when another program has it already. What is kept twice is given back twice.
   */
  keep(chord: Chord): Promise<boolean>;
  /** Gives a chord back to the applications. Absent: all. */
  giveBack(chord?: Chord): Promise<void>;
}

/** https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#requests:GrabKey */
const BAD_ACCESS = 10;
/** A keyboard that waits for us (`GrabModeSync`) would stand still for everybody when this process does. */
const GOING_ON = 1;
const NOW = 0;

interface Kept {
  readonly modifierKeys: ModifierKeys;
  /** By keycode and bits of modifiers: how often it is kept. */
  readonly counts: Map<string, number>;
}
/** By display: sinks watch over another connection than the one that keeps the key. */
const keptOn = new Map<string, Kept>();
const nameOf = (keycode: number, bits: number): string => `${keycode} ${bits}`;

/** Whether a key that goes down while the keys in `down` are held reaches no application. */
export function isKept(display: string, keycode: number, down: Iterable<number>): boolean {
  const kept = keptOn.get(display);
  if (kept === undefined || kept.counts.size === 0) return false;
  const { kinds, bitOf } = kept.modifierKeys;
  let bits = 0;
  for (const code of down) {
    const kind = kinds.get(code);
    if (kind === 'other') return false;
    if (kind !== undefined) bits |= bitOf(kind);
  }
  return kept.counts.has(nameOf(keycode, bits));
}

export function openKeptKeys({ client, root, name: display, lost }: Connection, modifierKeys: ModifierKeys): KeptKeys {
  const locks = everyMix(modifierKeys.lockBits);
  const { counts } = keptOn.get(display) ?? { counts: new Map<string, number>() };
  keptOn.set(display, { modifierKeys, counts });
  /** What this connection keeps. */
  const ours: { readonly keycode: number; readonly bits: number }[] = [];

  client.on('event', ({ name, keycode = 0 }) => {
    // The key alone is ours: all others go on to the application.
    if (name !== 'KeyPress' || !ours.some((one) => one.keycode === keycode)) return;
    client.UngrabKeyboard(NOW);
    void client.flush();
  });

  const bitsOf = (held: ReadonlySet<Modifier>): number =>
    [...held].reduce((bits, modifier) => bits | modifierKeys.bitOf(modifier), 0);

  const grabsIn = ({ keycodes, modifiers }: Chord): { keycode: number; bits: number }[] =>
    keycodes.map((keycode) => ({ keycode, bits: bitsOf(modifiers) }));

  async function giveBack(chord?: Chord): Promise<void> {
    for (const { keycode, bits } of chord === undefined ? [...ours] : grabsIn(chord)) {
      const index = ours.findIndex((one) => one.keycode === keycode && one.bits === bits);
      if (index === -1) continue;
      ours.splice(index, 1);
      const name = nameOf(keycode, bits);
      const left = (counts.get(name) ?? 1) - 1;
      if (left > 0) counts.set(name, left);
      else counts.delete(name);
      if (ours.some((one) => one.keycode === keycode && one.bits === bits)) continue;
      for (const lock of locks) client.UngrabKey(root, keycode, bits | lock);
    }
    await Promise.race([client.sync(), lost]);
  }

  return {
    async keep(chord) {
      let isRefused = false;
      // Each request hears of its own: another one may be under way that is refused.
      const hear: Done = (error) => {
        const isAnothers = error?.error === BAD_ACCESS;
        isRefused ||= isAnothers;
        return isAnothers;
      };
      for (const { keycode, bits } of grabsIn(chord)) {
        ours.push({ keycode, bits });
        const name = nameOf(keycode, bits);
        counts.set(name, (counts.get(name) ?? 0) + 1);
        for (const lock of locks) client.GrabKey(root, 0, bits | lock, keycode, GOING_ON, GOING_ON, hear);
      }
      await client.sync();
      if (isRefused) await giveBack(chord);
      return !isRefused;
    },
    giveBack,
  };
}

/** Every combination of the locks: a key is kept whether they are on or off. */
function everyMix(bits: readonly number[]): readonly number[] {
  return bits.reduce((mixes, bit) => [...mixes, ...mixes.map((mix) => mix | bit)], [0]);
}
