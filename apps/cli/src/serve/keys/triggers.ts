// All keys of the user, as the settings name them: the one that is spoken with, and those beside it.

import type { Shortcut, Trigger } from '@voiceinput/desktop';
import type { SwayKeys } from '@voiceinput/desktop/wayland';
import { createOwnership } from '@voiceinput/engine';
import type { DictationSettings } from '@voiceinput/engine';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Desktop } from './desktop.ts';
import { openKey } from './key.ts';
import { openKeys } from './keys.ts';
import type { KeysPort } from './keys.ts';
import type { KeyActions } from './press.ts';

export interface Triggers {
  /** The key that is spoken with: as the desktop describes it, else as it is set; empty when none is. */
  readonly key: string;
  /** Why it does not work, or not as it should. `displayTrouble`: why there is no desktop. */
  keyTrouble(displayTrouble: VoiceInputError | undefined): VoiceInputError | undefined;
  /** Whether Escape is kept from applications, where that is done with the key. */
  keepEscape(isKept: boolean): void;
  close(): Promise<void>;
}

export interface TriggersPort extends KeysPort {
  settings(): DictationSettings;
  /** Absent where there is none. */
  readonly desktop: Desktop | undefined;
  readonly actions: KeyActions;
}

/** Never rejects: what cannot be had is told when it is asked for, or warned of. */
export async function openTriggers(port: TriggersPort): Promise<Triggers> {
  const { settings, desktop } = port;
  const { key } = settings();
  const ownership = createOwnership();
  let trigger: Trigger | Shortcut | SwayKeys | undefined;
  let trouble: VoiceInputError | undefined;
  try {
    const opened = key === '' ? undefined : await openKey({ ...port, key });
    trigger = opened;
    if (opened !== undefined) ownership.own('the key', () => opened.close());
  } catch (error) {
    trouble = known(error);
  }
  // On Wayland they are keys of the desktop, bound to commands.
  if (desktop !== undefined && desktop.kind !== 'wayland') await openKeys(desktop, port, ownership);

  return {
    get key() {
      return trigger !== undefined && 'description' in trigger ? (trigger.description ?? key) : key;
    },
    keyTrouble(displayTrouble) {
      if (key === '') return undefined;
      // A key of sway or the portal is there without a display, and says itself what is wrong with it.
      if (trigger !== undefined && 'description' in trigger) return trigger.trouble;
      return displayTrouble ?? trouble ?? trigger?.trouble;
    },
    keepEscape(isKept) {
      if (trigger !== undefined && 'keepEscape' in trigger) trigger.keepEscape(isKept);
    },
    close: () => ownership.closeAll(),
  };
}

/** `error`, or an `ERR_DESKTOP` that says why. */
export function known(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_DESKTOP', `The desktop cannot be used: ${message}`, { cause: error });
}
