// Whether a name can be the user's key on this desktop.

import { isWayland } from '../connection.ts';
import { buttonOf } from './button.ts';
import { readCombination } from './combination.ts';

/** Throws `ERR_DESKTOP` for what names neither a key, alone or with modifiers, nor a button that can be heard here. */
export function refuseUnknownKey(name: string): void {
  if (isWayland() || buttonOf(name) === undefined) readCombination(name);
}
