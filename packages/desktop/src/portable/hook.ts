// What is heard of keyboard and mouse where the system tells no devices: every key and button, and whether it was ours by what we expect.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { UiohookKeyboardEvent } from 'uiohook-napi';
import type { InputEvent } from '../input.ts';
import { modifiers } from '../keys/combination.ts';
import type { Modifier } from '../keys/combination.ts';
import type { ExpectedKeys } from './expected-keys.ts';
import { permissionHint } from './permission.ts';

export interface PortableEvent extends Omit<InputEvent, 'kept' | 'ours'> {
  /** Those that are held; of a button none are told. */
  readonly modifiers: ReadonlySet<Modifier>;
}

/** Whether a key is a command. */
export const isCommanded = ({ modifiers: held }: PortableEvent): boolean =>
  held.has('Control') || held.has('Alt') || held.has('Super');

export interface Hook {
  /** Calls `listener` for every later event. Gives the function that ends it. */
  watch(listener: (event: PortableEvent) => void): () => void;
  close(): void;
}

/** Rejects with `ERR_DESKTOP` where the system does not allow it. */
export async function openHook(expected: ExpectedKeys): Promise<Hook> {
  // Only now: without a display, loading it ends the process.
  const { uIOhook } = await import('uiohook-napi');
  const listeners = new Set<(event: PortableEvent) => void>();
  const down = new Set<number>();

  function tell(event: PortableEvent): void {
    for (const listener of listeners) listener(event);
  }

  function hearKey(event: UiohookKeyboardEvent, isDown: boolean): void {
    const { keycode: code } = event;
    const atMs = performance.now();
    const own = expected.take({ code, down: isDown }, atMs);
    const repeated = isDown && down.has(code);
    down[isDown ? 'add' : 'delete'](code);
    tell({ kind: 'key', own, down: isDown, repeated, code, atMs, modifiers: heldIn(event) });
  }

  uIOhook.on('keydown', (event) => hearKey(event, true));
  uIOhook.on('keyup', (event) => hearKey(event, false));
  uIOhook.on('mousedown', ({ button }) =>
    tell({
      kind: 'button',
      own: false,
      down: true,
      repeated: false,
      code: Number(button),
      atMs: performance.now(),
      modifiers: new Set(),
    }),
  );
  const close = (): void => {
    uIOhook.removeAllListeners();
    uIOhook.stop();
  };
  try {
    uIOhook.start();
  } catch (error) {
    uIOhook.removeAllListeners();
    const hint = permissionHint[process.platform];
    throw new VoiceInputError(
      'ERR_DESKTOP',
      `The system does not allow listening to keys: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error, ...(hint !== undefined && { hint }) },
    );
  }
  return {
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close,
  };
}

function heldIn({ ctrlKey, altKey, shiftKey, metaKey }: UiohookKeyboardEvent): ReadonlySet<Modifier> {
  const states = { Control: ctrlKey, Alt: altKey, Shift: shiftKey, Super: metaKey };
  return new Set(modifiers.filter((modifier) => states[modifier]));
}
