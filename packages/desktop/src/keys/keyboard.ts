// How keys are sent: everything that belongs together in one write, so that the user's own keys come before or after it.

import { setTimeout as sleep } from 'node:timers/promises';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { isKept } from './kept.ts';
import { readKeymap } from './keymap.ts';
import type { Keymap } from './keymap.ts';
import { namedKeys } from './keysym.ts';
import { readModifiers } from './modifiers.ts';
import type { ModifierKeys } from './modifiers.ts';
import type { KeySender } from './sender.ts';
import { openTraces } from './traces.ts';

/** A key so many times, or a text. */
export type Step =
  | { readonly key: string; readonly times?: number; readonly shift?: boolean; readonly control?: boolean }
  | { readonly text: string };

export interface Keyboard {
  readonly keymap: Keymap;
  /** Makes every character of `text` typable, so that `send` need not wait. Texts with too many foreign characters are prepared in part. */
  prepare(text: string, signal: AbortSignal): Promise<void>;
  /**
   * Sends keys to whatever has the focus. Rejects with `ERR_DESKTOP` for a key that there is not. `signal` is heeded
   * before the first key only: half of a text would be worse than all of it.
   */
  send(steps: readonly Step[], signal: AbortSignal): Promise<void>;
  readonly modifierKeys: ModifierKeys;
  /** The keycodes that are down now. */
  down(): Promise<ReadonlySet<number>>;
  /** Lets go of modifiers that are held: injected text would become shortcuts. */
  releaseModifiers(): Promise<void>;
  close(): Promise<void>;
}

/** So long programs need to hear that a key changed. */
const HEARD_MS = 80;
/** A key may be lent again only when what was sent has been read: so long a character takes at most. */
const READ_MS_PER_CHARACTER = 3;
const READ_AT_LEAST_MS = 60;

export async function openKeyboard(connection: Connection, sender: KeySender): Promise<Keyboard> {
  const { client, name: display } = connection;
  const { press } = sender;
  // Releasing is for our own virtual device: what somebody holds on a real keyboard stays held.
  const traces = await openTraces(connection, async () => {
    for (const keycode of await down()) press(keycode, false);
    await sender.sync();
  });
  const keymap = await readKeymap(connection, traces);
  const modifierKeys = await readModifiers(connection, keymap);

  function codeOf(name: string): number {
    const [keycode] = keymap.keycodesOf(namedKeys[name] ?? -1);
    if (keycode !== undefined) return keycode;
    throw new VoiceInputError('ERR_DESKTOP', `The keyboard has no key "${name}".`);
  }

  function tap(keycode: number, modifiers: readonly number[]): void {
    for (const modifier of modifiers) press(modifier, true);
    press(keycode, true);
    press(keycode, false);
    for (const modifier of modifiers.toReversed()) press(modifier, false);
  }

  function strike({ key, times = 1, shift = false, control = false }: Extract<Step, { key: string }>): void {
    const keycode = key.length === 1 ? letterCode(key) : codeOf(key);
    const modifiers = [...(control ? [codeOf('Control_L')] : []), ...(shift ? [codeOf('Shift_L')] : [])];
    for (const modifier of modifiers) press(modifier, true);
    for (let count = 0; count < times; count += 1) tap(keycode, []);
    for (const modifier of modifiers.toReversed()) press(modifier, false);
  }

  /** Shortcuts go by the key, whatever the layout gives: the Latin letter in any group will do. */
  function letterCode(letter: string): number {
    const [keycode] = keymap.keycodesOf(letter.codePointAt(0) ?? 0);
    if (keycode !== undefined) return keycode;
    throw new VoiceInputError('ERR_DESKTOP', `The keyboard has no key "${letter}".`);
  }

  /** The key that switches Caps Lock; none that triggers dictations. */
  function capsLockKeys(): readonly number[] {
    const keysym = namedKeys['Caps_Lock']!;
    const fits = (keycode: number): boolean =>
      keymap.keysymsAt(keycode, false)[0] === keysym && !isKept(display, keycode, []);
    return keymap.keycodesOf(keysym).filter(fits).slice(0, 1);
  }

  /** How many characters of `text`, from its beginning, have a key now. */
  function typableIn(text: string): number {
    let length = 0;
    for (const character of text) {
      if (keymap.strokeFor(character) === undefined) break;
      length += character.length;
    }
    return length;
  }

  async function lend(text: string, signal?: AbortSignal): Promise<number> {
    // A key that was sent means what it meant then.
    await sender.sync();
    await keymap.refresh();
    const { ready, changed } = keymap.lend(text);
    if (changed) {
      await client.sync();
      await sleep(HEARD_MS, undefined, signal && { signal });
    }
    return ready;
  }

  /** What has a key already goes out together with the keys before it. */
  async function type(text: string): Promise<void> {
    for (let rest = text; rest !== '';) {
      const ready = (rest === text && typableIn(rest)) || (await lend(rest));
      if (ready === 0) throw new VoiceInputError('ERR_DESKTOP', 'The keyboard layout has no spare key to borrow.');
      const locking = keymap.isCapsLocked ? capsLockKeys() : [];
      for (const keycode of locking) tap(keycode, []);
      for (const character of rest.slice(0, ready)) {
        const { keycode, shift } = keymap.strokeFor(character)!;
        tap(keycode, shift ? [codeOf('Shift_L')] : []);
      }
      for (const keycode of locking) tap(keycode, []);
      rest = rest.slice(ready);
      if (rest === '') break;
      await sender.sync();
      await sleep(Math.max(READ_AT_LEAST_MS, ready * READ_MS_PER_CHARACTER));
      keymap.restore();
    }
  }

  async function down(): Promise<ReadonlySet<number>> {
    const bits = bytesOf(await ask<unknown>((answer) => client.QueryKeymap(answer)));
    const codes = bits.flatMap((byte, index) =>
      Array.from({ length: 8 }, (_, bit) => ((byte >> bit) & 1 ? index * 8 + bit : -1)),
    );
    return new Set(codes.filter((code) => code >= 0));
  }

  return {
    keymap,
    modifierKeys,
    async prepare(text, signal) {
      await lend(text, signal);
    },
    async send(steps, signal) {
      signal.throwIfAborted();
      // Looking at the keyboard takes an answer, which would come between the keys.
      const text = steps.map((step) => ('text' in step ? step.text : '')).join('');
      if (text !== '') await lend(text, signal);
      for (const step of steps) {
        if ('text' in step) await type(step.text);
        else strike(step);
      }
      await sender.flush();
    },
    down,
    async releaseModifiers() {
      for (const keycode of await down()) if (modifierKeys.kinds.has(keycode)) press(keycode, false);
      await sender.sync();
    },
    async close() {
      await sender.sync();
      keymap.restore();
      traces.close();
      await client.sync();
    },
  };
}

/** 32 bytes, however the package hands them over. */
function bytesOf(answer: unknown): number[] {
  const bytes = Buffer.isBuffer(answer) || Array.isArray(answer) ? answer : (answer as { keys: Iterable<number> }).keys;
  return [...(bytes as Iterable<number>)].slice(-32);
}
