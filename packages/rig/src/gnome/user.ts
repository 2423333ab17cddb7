// How a user with a keyboard and a mouse of their own acts on GNOME: through the remote desktop of its compositor.

import { setTimeout as pause } from 'node:timers/promises';
import { Message } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';
import { Key } from '../desk/user.ts';
import type { User } from '../desk/user.ts';
import { codeOf, LEFT_BUTTON, shifted } from '../key-codes.ts';

const NAME = 'org.gnome.Mutter.RemoteDesktop';
const SESSION = `${NAME}.Session`;
/** A chord whose keys come soon after each other loses its modifier: ibus is asked about each, and what is held is told at once. */
const IN_CHORD_MS = 120;
const AFTER_KEY_MS = 60;
const AFTER_CLICK_MS = 100;
/** Further than any screen. */
const FAR_PX = 10_000;

/** A session of its own, on a screen of `size`; the first key makes the keyboard be there. */
export async function openGnomeUser(bus: MessageBus, size: { width: number; height: number }): Promise<User> {
  const ask = (path: string, [interfaceName, member]: [string, string], signature = '', body: unknown[] = []) =>
    bus.call(new Message({ destination: NAME, path, interface: interfaceName, member, signature, body }));
  const made = await ask('/org/gnome/Mutter/RemoteDesktop', [NAME, 'CreateSession']);
  const path = String(made?.body[0]);
  const tell = (member: string, signature: string, ...body: unknown[]) => ask(path, [SESSION, member], signature, body);
  await ask(path, [SESSION, 'Start']);
  const press = (keysym: number, isDown: boolean) => tell('NotifyKeyboardKeycode', 'ub', codeOf(keysym), isDown);

  async function key(keysym: number, ...held: readonly number[]): Promise<void> {
    for (const one of held) {
      await press(one, true);
      await pause(IN_CHORD_MS);
    }
    await press(keysym, true);
    if (held.length > 0) await pause(IN_CHORD_MS);
    await press(keysym, false);
    for (const one of held.toReversed()) {
      await pause(IN_CHORD_MS);
      await press(one, false);
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
        await press(character.codePointAt(0)!, true);
        await press(character.codePointAt(0)!, false);
        await pause(everyMs());
      }
    },
    async hold(keysym) {
      await press(keysym, true);
      await pause(AFTER_KEY_MS);
      return async () => {
        await press(keysym, false);
        await pause(AFTER_KEY_MS);
      };
    },
    async click(x, y) {
      // Where the pointer is, is not told: in a corner it is known, and this one opens nothing.
      await tell('NotifyPointerMotionRelative', 'dd', FAR_PX, FAR_PX);
      await tell('NotifyPointerMotionRelative', 'dd', x + 1 - size.width, y + 1 - size.height);
      for (const isDown of [true, false]) {
        await tell('NotifyPointerButton', 'ib', LEFT_BUTTON, isDown);
        await pause(IN_CHORD_MS);
      }
      await pause(AFTER_CLICK_MS);
    },
    close: () => void tell('Stop', '').catch(() => undefined),
  };
}
