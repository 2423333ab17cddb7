// Decides where the user's key is heard: on X11 by ourselves, on Wayland by the desktop's portal.

import type { Display, Shortcut, Trigger } from '@voiceinput/desktop';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { KeyActions } from './press.ts';

export interface KeyRequest {
  /** As X11 names it. */
  readonly key: string;
  /** Absent where there is none. */
  readonly display: Display | undefined;
  readonly actions: KeyActions;
  warn(error: VoiceInputError): void;
}

/** Absent where no key can be heard: there is neither X11 nor Wayland. Rejects with `ERR_DESKTOP` when there is no such key. */
export async function openKey({ key, display, actions, warn }: KeyRequest): Promise<Trigger | Shortcut | undefined> {
  const { isWayland, watchShortcut, watchTrigger } = await import('@voiceinput/desktop');
  if (isWayland()) return watchShortcut({ key, ...actions, troubled: warn });
  if (display === undefined) return undefined;
  const trigger = await watchTrigger(key, { ...display, ...actions });
  if (trigger.trouble !== undefined) warn(trigger.trouble);
  return trigger;
}
