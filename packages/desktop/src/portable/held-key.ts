// When the user's key counts as pressed and released where the keyboard cannot be asked.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { readCombination } from '../keys/combination.ts';
import type { Modifier } from '../keys/combination.ts';
import { isModifierName } from '../keys/keysym.ts';
import type { TriggerPort } from '../trigger.ts';
import type { PortableDesktop } from './open.ts';
import { codeOfKey, keyCodes } from './key-codes.ts';

/** A key that is held repeats more often than this, or not at all. */
const REPEATS_WITHIN_MS = 1_500;

export interface HeldKeyPort
  extends Pick<PortableDesktop, 'input'>, Pick<TriggerPort, 'pressed' | 'released' | 'usedAsModifier' | 'escaped'> {
  /** Nobody holds a key longer: its release was lost. */
  readonly longestMs: number;
}

/** Watches a key, as `readCombination` reads it. Gives the function that ends it. Throws `ERR_DESKTOP` when there is no such key. */
export function watchHeldKey(name: string, { input, longestMs, ...told }: HeldKeyPort): () => void {
  const { key, modifiers } = readCombination(name);
  const keyCode = codeOfKey(key);
  if (keyCode === undefined)
    throw new VoiceInputError('ERR_DESKTOP', `The key "${key}" is not known on this system.`, {
      hint: 'Set dictation.key to a modifier such as Control_R, a function key, or a letter with modifiers.',
    });
  const isModifier = isModifierName(key);
  const areHeld = (held: ReadonlySet<Modifier>): boolean =>
    held.size === modifiers.size && [...modifiers].every((modifier) => held.has(modifier));
  let isHeld = false;
  let heardAtMs = 0;
  let longest: NodeJS.Timeout | undefined;

  function press(): void {
    isHeld = true;
    longest = setTimeout(() => release(told.released), longestMs);
    told.pressed();
  }

  function release(tell: () => void): void {
    clearTimeout(longest);
    isHeld = false;
    tell();
  }

  const end = input.watch(({ kind, own, down, repeated, code, atMs, modifiers: held }) => {
    if (kind !== 'key' || own) return;
    if (code === keyCode) {
      const isNewPress = down && (!repeated || atMs - heardAtMs > REPEATS_WITHIN_MS);
      heardAtMs = atMs;
      // It can only go down again when it was up.
      if (isHeld && (!down || isNewPress)) release(told.released);
      if (isNewPress && (isModifier || areHeld(held))) press();
    } else if (down && !repeated && code === keyCodes['Escape']) told.escaped();
    else if (down && isHeld && isModifier) release(told.usedAsModifier);
  });
  return () => {
    clearTimeout(longest);
    end();
  };
}
