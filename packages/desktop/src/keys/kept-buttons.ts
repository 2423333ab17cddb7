// Which buttons of the mouse are kept from windows.

import type { Done } from 'x11';
import type { Connection } from '../connection.ts';

export interface KeptButtons {
  /** Keeps a button from whatever is under the pointer. Gives whether it is kept: `false` when another program has it already. */
  keep(button: number): Promise<boolean>;
  giveBack(button: number): Promise<void>;
}

/** https://www.x.org/releases/X11R7.7/doc/xproto/x11protocol.html#requests:GrabButton */
const BAD_ACCESS = 10;
const PRESS_AND_RELEASE = 0x4 | 0x8;
/** A pointer that waits for us would stand still for everybody when this process does. */
const GOING_ON = 1;
const NONE = 0;
const ANY_MODIFIER = 0x8000;

/** Buttons are kept by this connection, and are the windows' again when it ends. */
export function openKeptButtons({ client, root, lost }: Connection): KeptButtons {
  return {
    async keep(button) {
      let isAnothers = false;
      const hear: Done = (error) => (isAnothers = error?.error === BAD_ACCESS);
      client.GrabButton(root, 0, PRESS_AND_RELEASE, GOING_ON, GOING_ON, NONE, NONE, button, ANY_MODIFIER, hear);
      await client.sync();
      return !isAnothers;
    },
    async giveBack(button) {
      client.UngrabButton(root, button, ANY_MODIFIER);
      await Promise.race([client.sync(), lost]);
    },
  };
}
