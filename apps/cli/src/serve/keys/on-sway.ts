// What the keys do that sway's configuration binds to VoiceInput.

import type { KeyWord, SwayKeys } from '@voiceinput/desktop/wayland';
import { told } from './keys.ts';
import type { KeysPort } from './keys.ts';
import type { KeyActions } from './press.ts';

/** Whether sway runs, which has no portal for keys. */
export const isSway = (): boolean => Boolean(process.env['SWAYSOCK']);

interface Port extends Pick<KeysPort, 'undo' | 'paste' | 'warn'> {
  readonly actions: KeyActions;
}

/** Rejects with `ERR_DESKTOP` where sway cannot be reached. */
export async function openSwayKeys({ actions, undo, paste, warn }: Port): Promise<SwayKeys> {
  const { watchSwayKeys } = await import('@voiceinput/desktop/wayland');
  const acts: Readonly<Record<KeyWord, () => void>> = {
    start: () => actions.pressed(),
    stop: () => actions.released(),
    toggle: () => actions.toggled(),
    cancel: () => actions.escaped(),
    undo: () => void undo().catch((error: unknown) => warn(told(error))),
    paste: () => void paste().catch((error: unknown) => warn(told(error))),
  };
  return watchSwayKeys({
    did: (word) => acts[word](),
    troubled(error) {
      // The release of a key that is held would never be heard.
      actions.gone();
      warn(error);
    },
  });
}
