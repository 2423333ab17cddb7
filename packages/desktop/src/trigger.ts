// When the user's key counts as pressed and released, whatever the keyboard says, and that no application gets it.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { unlessGone } from './connection.ts';
import type { Display } from './display.ts';
import { keysymOfKey, readCombination } from './keys/combination.ts';
import type { Modifier } from './keys/combination.ts';
import type { Chord } from './keys/kept.ts';
import { isModifierName, namedKeys } from './keys/keysym.ts';
import { sharedKey } from './shared-key.ts';

/** A release that was lost, as over a screen lock, is found by asking so often. */
const POLL_MS = 250;

export interface TriggerPort extends Pick<Display, 'input' | 'keyboard' | 'keptKeys'> {
  pressed(): void;
  released(): void;
  /** Another key was pressed while this one was held: it was a shortcut, not a dictation. */
  usedAsModifier(): void;
  /** Escape was pressed. */
  escaped(): void;
}

export interface Trigger {
  /** `ERR_DESKTOP` while applications get the key too, because another program keeps it. It triggers all the same. */
  readonly trouble: VoiceInputError | undefined;
  close(): Promise<void>;
}

/**
 * Watches a key by its name, such as `Control_R`, or with modifiers, such as `Control+Alt+J`. One that is no modifier, such
 * as `F9`, is kept from applications, and triggers only with just its modifiers. Rejects with `ERR_DESKTOP` when there is
 * no such key.
 */
export async function watchTrigger(name: string, port: TriggerPort): Promise<Trigger> {
  const { input, keyboard, keptKeys, ...told } = port;
  const { kinds } = keyboard.modifierKeys;
  const { key, modifiers } = readCombination(name);
  const keycodes = keyboard.keymap.keycodesOf(keysymOfKey(key));
  if (keycodes.length === 0) {
    throw new VoiceInputError('ERR_DESKTOP', `The keyboard has no key "${name}".`, {
      hint: 'Set dictation.key to a key that exists on it.',
    });
  }
  const escape = keyboard.keymap.keycodesOf(namedKeys['Escape']!);
  const isModifier = isModifierName(key);
  const chord: Chord = { keycodes, modifiers };
  /** What is left of the chord while its modifiers are let go first: the key would be repeated in the window. */
  const remains = isModifier ? [] : partsOf(modifiers).map((part): Chord => ({ keycodes, modifiers: part }));
  let modifiersDown = new Set<number>();
  let modifiersHeard = 0;
  let isOurs = isModifier || (await keptKeys.keep(chord));
  let isClosed = false;
  let held: { readonly code: number; readonly ours: boolean } | undefined;
  let polling: NodeJS.Timeout | undefined;
  let trying = Promise.resolve();

  function press(code: number, ours: boolean): void {
    held = { code, ours };
    told.pressed();
    polling = setInterval(() => void heal(), POLL_MS);
    for (const remain of remains) void keptKeys.keep(remain).catch(unlessGone);
  }

  function release(tell: () => void): void {
    clearInterval(polling);
    held = undefined;
    tell();
    for (const remain of remains) void keptKeys.giveBack(remain);
    trying = trying.then(keepAgain).catch(unlessGone);
  }

  async function heal(): Promise<void> {
    const down = await keyboard.down().catch(() => undefined);
    // The display has gone, and says so itself.
    if (down === undefined) return clearInterval(polling);
    if (held === undefined || down.has(held.code)) return;
    input.missed(held.code);
    release(told.released);
  }

  /** The other program may have gone. What is kept already stays so: kept twice, it would have to be given back twice. */
  async function keepAgain(): Promise<void> {
    if (isOurs || isClosed) return;
    isOurs = await keptKeys.keep(chord).catch(() => false);
    if (isClosed) await keptKeys.giveBack(chord);
  }

  const areHeld = (): boolean => {
    const now = new Set([...modifiersDown].map((code) => kinds.get(code)));
    return now.size === modifiers.size && [...modifiers].every((modifier) => now.has(modifier));
  };

  /** A modifier's release may have been lost; the keyboard knows. One that is heard while it is asked was held before. */
  async function pressUnlessShortcut(code: number, ours: boolean): Promise<void> {
    const heardBefore = modifiersHeard;
    const down = await keyboard.down().catch(() => new Set<number>());
    if (isClosed || modifiersHeard !== heardBefore) return;
    modifiersDown = new Set([...down].filter((one) => kinds.has(one)));
    if (areHeld() && held === undefined && down.has(code)) press(code, ours);
  }

  /** A sink lets go of modifiers before it writes: the user still holds the key, but the keyboard would say otherwise. */
  function hearUp(code: number, ours: boolean): void {
    if (held?.code !== code) return;
    if (held.ours === ours) release(told.released);
    else clearInterval(polling);
  }

  const end = input.watch(({ kind, ours, down, repeated, code }) => {
    if (kind !== 'key' || repeated) return;
    if (kinds.has(code)) {
      modifiersHeard += 1;
      modifiersDown[down ? 'add' : 'delete'](code);
    }
    if (keycodes.includes(code)) {
      if (!down) hearUp(code, ours);
      else if (held !== undefined) return;
      else if (isModifier || areHeld()) press(code, ours);
      else void pressUnlessShortcut(code, ours);
    } else if (down && escape.includes(code)) {
      told.escaped();
    } else if (down && !ours && held !== undefined && isModifier) {
      release(told.usedAsModifier);
    }
  });
  return {
    get trouble() {
      return isOurs ? undefined : sharedKey(name);
    },
    async close() {
      isClosed = true;
      clearInterval(polling);
      end();
      if (isModifier) return;
      for (const one of [chord, ...remains]) await keptKeys.giveBack(one);
    },
  };
}

/** All that can be left of a set, down to nothing; not the set itself. */
function partsOf(modifiers: ReadonlySet<Modifier>): ReadonlySet<Modifier>[] {
  const all = [...modifiers].reduce<Modifier[][]>(
    (mixes, one) => [...mixes, ...mixes.map((mix) => [...mix, one])],
    [[]],
  );
  return all.filter(({ length }) => length < modifiers.size).map((part) => new Set(part));
}
