// How a user with a keyboard and a mouse acts on KWin.

import { setTimeout as pause } from 'node:timers/promises';
import { Key } from '../desk/user.ts';
import type { User } from '../desk/user.ts';
import { codeOf, LEFT_BUTTON, shifted } from '../key-codes.ts';
import { openFakeInput } from './fake-input.ts';
import type { Runs } from './fake-input.ts';

const IN_CHORD_MS = 30;
const AFTER_KEY_MS = 60;
const AFTER_CLICK_MS = 100;

/** Asks KWin at `path`, as its user, which `run` runs programs as; the first key makes the keyboard be there. */
export async function openKwinUser(path: string, run: Runs): Promise<User> {
  const input = await openFakeInput(path, run);
  const press = (keysym: number, isDown: boolean): void => input.key(codeOf(keysym), isDown);

  async function key(keysym: number, ...held: readonly number[]): Promise<void> {
    for (const one of held) {
      press(one, true);
      await pause(IN_CHORD_MS);
    }
    press(keysym, true);
    await pause(IN_CHORD_MS);
    press(keysym, false);
    for (const one of held.toReversed()) {
      await pause(IN_CHORD_MS);
      press(one, false);
    }
    await pause(AFTER_KEY_MS);
  }
  await key(Key.shift);

  return {
    key,
    async type(text, everyMs = () => 30) {
      for (const character of text) {
        const onKey = shifted[character];
        if (onKey !== undefined) {
          await key(onKey.codePointAt(0)!, Key.shift);
          continue;
        }
        press(character.codePointAt(0)!, true);
        press(character.codePointAt(0)!, false);
        await pause(everyMs());
      }
    },
    async hold(keysym) {
      press(keysym, true);
      await pause(AFTER_KEY_MS);
      return async () => {
        press(keysym, false);
        await pause(AFTER_KEY_MS);
      };
    },
    async click(x, y) {
      input.move(x, y);
      await pause(AFTER_KEY_MS);
      for (const isDown of [true, false]) input.button(LEFT_BUTTON, isDown);
      await pause(AFTER_CLICK_MS);
    },
    close: () => input.close(),
  };
}
