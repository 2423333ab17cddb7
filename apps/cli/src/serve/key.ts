// Decides where the user's key is heard, and what it does: on X11 by ourselves, on Wayland by the desktop's portal.

import type { Display, Shortcut, Trigger } from '@voiceinput/desktop';
import type { CompanionsPort } from './companions.ts';

/** A press that is shorter was not meant to be spoken into. */
const TAP_MS = 150;

/** Absent where no key can be heard: there is neither X11 nor Wayland. Rejects with `ERR_DESKTOP` when there is no such key. */
export async function openKey(
  key: string,
  display: Display | undefined,
  port: CompanionsPort,
): Promise<Trigger | Shortcut | undefined> {
  const { isWayland, watchShortcut, watchTrigger } = await import('@voiceinput/desktop');
  const actions = actionsOf(port);
  if (isWayland()) return watchShortcut({ key, ...actions, troubled: port.warn });
  if (display === undefined) return undefined;
  const trigger = await watchTrigger(key, { ...display, ...actions });
  if (trigger.trouble !== undefined) port.warn(trigger.trouble);
  return trigger;
}

/** By the mode that is set. */
function actionsOf({ dictations, settings }: CompanionsPort) {
  let pressedAtMs = 0;
  return {
    pressed() {
      pressedAtMs = performance.now();
      if (settings().mode !== 'hold' && dictations.recording !== undefined) dictations.stop();
      else dictations.start({});
    },
    released() {
      if (settings().mode !== 'hold') return;
      if (performance.now() - pressedAtMs < TAP_MS) dictations.cancel();
      else dictations.stop();
    },
    usedAsModifier() {
      if (dictations.recording !== undefined) dictations.cancel();
    },
    escaped() {
      if (dictations.recording !== undefined) dictations.cancel();
    },
  };
}
