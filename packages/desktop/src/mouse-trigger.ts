// A button of the mouse as the user's key, as well as a key of the keyboard.

import type { Display } from './display.ts';
import { buttonOf } from './keys/button.ts';
import { sharedKey } from './shared-key.ts';
import { namedKeys } from './keys/keysym.ts';
import { watchTrigger } from './trigger.ts';
import type { Trigger, TriggerPort } from './trigger.ts';

type AnyKeyPort = TriggerPort & Pick<Display, 'keptButtons'>;

/**
 * Watches a key as `watchTrigger` does, or a button of the mouse, such as `Mouse8`, which is kept from windows, whatever is
 * held with it. Rejects with `ERR_DESKTOP` when there is no such key or button.
 */
export async function watchKeyOrButton(name: string, port: AnyKeyPort): Promise<Trigger> {
  const button = buttonOf(name);
  return button === undefined ? watchTrigger(name, port) : watchButton(name, button, port);
}

async function watchButton(name: string, button: number, port: AnyKeyPort): Promise<Trigger> {
  const { input, keyboard, keptButtons, pressed, released, escaped } = port;
  const isOurs = await keptButtons.keep(button);
  const escape = keyboard.keymap.keycodesOf(namedKeys['Escape']!);
  let isDown = false;

  const end = input.watch(({ kind, down, repeated, code }) => {
    if (kind === 'key' && down && !repeated && escape.includes(code)) escaped();
    if (kind !== 'button' || code !== button || down === isDown) return;
    isDown = down;
    if (down) pressed();
    else released();
  });
  return {
    trouble: isOurs ? undefined : sharedKey(name),
    async close() {
      end();
      if (isOurs) await keptButtons.giveBack(button);
    },
  };
}
