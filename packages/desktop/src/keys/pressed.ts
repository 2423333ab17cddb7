// How the user says which key: by pressing it.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Display } from '../display.ts';
import { modifiers, readCombination } from './combination.ts';
import type { Modifier } from './combination.ts';
import { namedKeys, otherKeys } from './keysym.ts';

const SPACE = 0x20;
const nameOfKeysym = new Map(
  [...otherKeys, ...Object.entries(namedKeys)].map(([name, keysym]) => [keysym, name] as const),
);

/**
 * The next key that is pressed and let go, alone or with modifiers, as `watchTrigger` names it: `F9`, `Control_R`,
 * `Control+Alt+J`. Applications get it too. Rejects with `ERR_DESKTOP` for one that cannot be used, and with the signal's
 * reason on abort.
 */
export async function pressedKey(
  { input, keyboard }: Pick<Display, 'input' | 'keyboard'>,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const { kinds } = keyboard.modifierKeys;
  const held = new Set<number>();
  /** Keys that are down, each with what was held when it went down. */
  const pressed = new Map<number, ReadonlySet<Modifier>>();
  return new Promise((resolve, reject) => {
    const abort = (): void => finish(() => reject(signal.reason as Error));
    const end = input.watch(({ kind, down, repeated, code }) => {
      if (kind !== 'key' || repeated) return;
      if (down) {
        // A modifier with a key is no key of its own.
        for (const modifier of held) pressed.delete(modifier);
        pressed.set(code, heldKinds());
        if (kinds.has(code)) held.add(code);
        return;
      }
      held.delete(code);
      const before = pressed.get(code);
      pressed.delete(code);
      if (before !== undefined) finish(() => settle(code, before));
    });
    signal.addEventListener('abort', abort, { once: true });

    function heldKinds(): ReadonlySet<Modifier> {
      const found = [...held].map((code) => kinds.get(code));
      return new Set(modifiers.filter((modifier) => found.includes(modifier)));
    }

    function finish(act: () => void): void {
      end();
      signal.removeEventListener('abort', abort);
      act();
    }

    function settle(code: number, before: ReadonlySet<Modifier>): void {
      try {
        const name = [...before, nameOf(keyboard.keymap.keysymsAt(code, false))].join('+');
        readCombination(name);
        resolve(name);
      } catch (error) {
        reject(error as Error);
      }
    }
  });
}

function nameOf(keysyms: readonly number[]): string {
  if (keysyms.includes(SPACE)) return 'Space';
  // Shortcuts go by the Latin letter, whichever layout is in use.
  const characters = keysyms.map((keysym) => (keysym > SPACE && keysym < 0x7f ? String.fromCodePoint(keysym) : ''));
  const letter = characters.find((character) => /^[a-z\d]$/i.test(character));
  if (letter !== undefined) return letter.toUpperCase();
  const name = keysyms.flatMap((keysym) => nameOfKeysym.get(keysym) ?? [])[0];
  if (name !== undefined) return name;
  throw new VoiceInputError('ERR_DESKTOP', 'That key has no name that could be set.', {
    hint: 'Take another one, or a letter with modifiers, such as Control+Alt+J.',
  });
}
