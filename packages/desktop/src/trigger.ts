// Decides when the user's key counts as pressed and released, whatever the keyboard says, and that no application gets it.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Display } from './display.ts';
import { isModifierName, namedKeys } from './keys/keysym.ts';

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
 * Watches a key by its name, such as `Control_R`. One that is no modifier, such as `F9`, is kept from applications, and
 * triggers only without a modifier. Rejects with `ERR_DESKTOP` when there is no such key.
 */
export async function watchTrigger(name: string, port: TriggerPort): Promise<Trigger> {
  const { input, keyboard, keptKeys, ...told } = port;
  const { keymap } = keyboard;
  const codes = new Set(keymap.keycodesOf(namedKeys[name] ?? -1));
  if (codes.size === 0) {
    throw new VoiceInputError('ERR_DESKTOP', `The keyboard has no key "${name}".`, {
      hint: `Set dictation.key to one of: ${Object.keys(namedKeys).join(', ')}.`,
    });
  }
  const escape = new Set(keymap.keycodesOf(namedKeys['Escape']!));
  const isModifier = isModifierName(name);
  const modifiers = new Set(
    Object.keys(namedKeys).flatMap((key) => (isModifierName(key) ? keymap.keycodesOf(namedKeys[key]!) : [])),
  );
  const modifiersDown = new Set<number>();
  let isOurs = isModifier || (await keptKeys.keep([...codes]));
  let isClosed = false;
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
    if (!isOurs) void keepAgain();
  }

  async function heal(): Promise<void> {
    const down = await keyboard.down().catch(() => undefined);
    // The display has gone, and says so itself.
    if (down === undefined) return clearInterval(polling);
    if (held !== undefined && !down.has(held)) release(told.released);
  }

  /** The other program may have gone. */
  async function keepAgain(): Promise<void> {
    isOurs = await keptKeys.keep([...codes]).catch(() => false);
    if (isClosed) await keptKeys.giveBack([...codes]);
  }

  /** A modifier's release may have been lost; the keyboard knows. */
  async function pressUnlessShortcut(code: number): Promise<void> {
    const down = await keyboard.down().catch(() => new Set<number>());
    for (const modifier of modifiersDown) if (!down.has(modifier)) modifiersDown.delete(modifier);
    if (modifiersDown.size === 0 && held === undefined && down.has(code)) press(code);
  }

  const end = input.watch(({ kind, own, down, repeated, code }) => {
    if (kind !== 'key' || repeated) return;
    if (modifiers.has(code)) modifiersDown[down ? 'add' : 'delete'](code);
    if (codes.has(code)) {
      if (!down && held === code) release(told.released);
      else if (!down || held !== undefined) return;
      else if (isModifier || modifiersDown.size === 0) press(code);
      else void pressUnlessShortcut(code);
    } else if (down && escape.has(code)) {
      told.escaped();
    } else if (down && !own && held !== undefined && isModifier) {
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
      if (!isModifier) await keptKeys.giveBack([...codes]);
    },
  };
}

function sharedKey(name: string): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', `Another program uses the key ${name} too; it works, but windows get it.`, {
    hint: `Take ${name} from the shortcuts of the desktop or that program, or set dictation.key to another key.`,
  });
}
