// Where the user's key is heard: on Wayland by sway or the desktop's portal, elsewhere by ourselves.

import type { Shortcut, Trigger } from '@voiceinput/desktop';
import type { SwayKeys } from '@voiceinput/desktop/wayland';
import type { Desktop } from './desktop.ts';
import type { KeysPort } from './keys.ts';
import { isSway, openSwayKeys } from './on-sway.ts';
import type { KeyActions } from './press.ts';

export interface KeyRequest extends Pick<KeysPort, 'undo' | 'paste' | 'warn'> {
  /** As X11 names it. */
  readonly key: string;
  /** Absent where there is none. */
  readonly desktop: Desktop | undefined;
  readonly actions: KeyActions;
}

/** Absent where no key can be heard: there is no desktop. Rejects with `ERR_DESKTOP` when there is no such key. */
export async function openKey(request: KeyRequest): Promise<Trigger | Shortcut | SwayKeys | undefined> {
  const { key, desktop, actions, warn } = request;
  const { isWayland, watchShortcut } = await import('@voiceinput/desktop');
  if (isWayland() && isSway()) return openSwayKeys(request);
  if (isWayland()) return watchShortcut({ key, ...actions, troubled: warn });
  if (desktop === undefined) return undefined;
  const trigger = await desktop.watchKey(key, actions);
  if (trigger.trouble !== undefined) warn(trigger.trouble);
  return trigger;
}
