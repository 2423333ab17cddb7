// Where the user's key is heard: on Wayland by the desktop's portal, elsewhere by ourselves.

import type { Shortcut, Trigger } from '@voiceinput/desktop';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { Desktop } from './desktop.ts';
import type { KeyActions } from './press.ts';

export interface KeyRequest {
  /** As X11 names it. */
  readonly key: string;
  /** Absent where there is none. */
  readonly desktop: Desktop | undefined;
  readonly actions: KeyActions;
  warn(error: VoiceInputError): void;
}

/** Absent where no key can be heard: there is no desktop. Rejects with `ERR_DESKTOP` when there is no such key. */
export async function openKey({ key, desktop, actions, warn }: KeyRequest): Promise<Trigger | Shortcut | undefined> {
  const { isWayland, watchShortcut } = await import('@voiceinput/desktop');
  if (isWayland()) return watchShortcut({ key, ...actions, troubled: warn });
  if (desktop === undefined) return undefined;
  const trigger = await desktop.watchKey(key, actions);
  if (trigger.trouble !== undefined) warn(trigger.trouble);
  return trigger;
}
