// Decides when the user's key counts as pressed and released, whatever the keyboard says.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Input } from './input.ts';
import type { Keyboard } from './keys/keyboard.ts';
import { namedKeys } from './keys/keysym.ts';

/** A release that was lost, as over a screen lock, is found by asking so often. */
const POLL_MS = 250;

export interface TriggerPort {
  readonly input: Input;
  readonly keyboard: Keyboard;
  pressed(): void;
  released(): void;
  /** Another key was pressed while this one was held: it was a shortcut, not a dictation. */
  usedAsModifier(): void;
  /** Escape was pressed. */
  escaped(): void;
}

/** Watches a key by its name, such as `Control_R`. Gives the function that ends it. Throws `ERR_DESKTOP` when there is no such key. */
export function watchTrigger(name: string, { input, keyboard, ...told }: TriggerPort): () => void {
  const codes = new Set(keyboard.keymap.keycodesOf(namedKeys[name] ?? -1));
  if (codes.size === 0) {
    throw new VoiceInputError('ERR_DESKTOP', `The keyboard has no key "${name}".`, {
      hint: `Set dictation.key to one of: ${Object.keys(namedKeys).join(', ')}.`,
    });
  }
  const escape = new Set(keyboard.keymap.keycodesOf(namedKeys['Escape']!));
  const isModifier = /^(Control|Shift|Alt|Super|ISO)_/.test(name);
  let held: number | undefined;
  let polling: NodeJS.Timeout | undefined;

  function press(code: number): void {
    held = code;
    told.pressed();
    polling = setInterval(() => void heal(), POLL_MS);
  }

  function release(tell: () => void): void {
    clearInterval(polling);
    held = undefined;
    tell();
  }

  async function heal(): Promise<void> {
    const down = await keyboard.down();
    if (held !== undefined && !down.has(held)) release(told.released);
  }

  const end = input.watch(({ kind, own, down, repeated, code }) => {
    if (kind !== 'key' || repeated) return;
    if (codes.has(code)) {
      if (down && held === undefined) press(code);
      else if (!down && held === code) release(told.released);
    } else if (down && escape.has(code)) {
      told.escaped();
    } else if (down && !own && held !== undefined && isModifier) {
      release(told.usedAsModifier);
    }
  });
  return () => {
    clearInterval(polling);
    end();
  };
}
