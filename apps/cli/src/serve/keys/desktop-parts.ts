// The daemon's parts that need a desktop: the key that is held, and the clipboard.

import type { Shortcut, Trigger } from '@voiceinput/desktop';
import type { DictationSettings } from '@voiceinput/engine';
import { createOwnership } from '@voiceinput/engine';
import type { ErrorReport } from '@voiceinput/plugin-api';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import { openDesktop } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import type { Dictations } from '../dictate/dictations.ts';
import { openKey } from './key.ts';
import { openKeys } from './keys.ts';
import type { KeysPort } from './keys.ts';
import { keyActions } from './press.ts';

export interface DesktopParts {
  /** The key: as the desktop describes it, else as it is set; empty when none is. With why it does not work, or not as it should. */
  readonly key: { readonly name: string; readonly trouble?: ErrorReport };
  /** Why nothing can be inserted or copied. Absent while there is a desktop. */
  readonly displayTrouble: VoiceInputError | undefined;
  /** Puts a text on the clipboard. Rejects with `ERR_DISPLAY_MISSING`. */
  copy(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface DesktopPartsPort extends KeysPort {
  readonly dictations: Dictations;
  settings(): DictationSettings;
  warn(error: VoiceInputError): void;
}

/** Never rejects: without a desktop everything else works. */
export async function openDesktopParts(port: DesktopPartsPort, signal: AbortSignal): Promise<DesktopParts> {
  const ownership = createOwnership();
  const actions = keyActions(port);
  let displayTrouble: VoiceInputError | undefined;
  let keyTrouble: VoiceInputError | undefined;
  let desktop: Desktop | undefined;
  let trigger: Trigger | Shortcut | undefined;
  try {
    const opened = await openDesktop(port.settings(), signal);
    desktop = opened;
    ownership.own('the desktop', () => opened.close());
    void opened.lost.then((reason) => {
      displayTrouble = reason;
      desktop = undefined;
      // Its release would never be heard.
      actions.gone();
      port.warn(reason);
    });
  } catch (error) {
    displayTrouble = known(error);
  }
  const { key } = port.settings();
  try {
    const opened = key === '' ? undefined : await openKey({ key, desktop, actions, warn: port.warn });
    trigger = opened;
    if (opened !== undefined) ownership.own('the key', () => opened.close());
  } catch (error) {
    keyTrouble = known(error);
  }

  if (desktop !== undefined) await openKeys(desktop, port, ownership);

  /** A key of the portal is there without a display, and says itself what is wrong with it. */
  function troubleOfKey(): VoiceInputError | undefined {
    if (key === '') return undefined;
    if (trigger !== undefined && 'description' in trigger) return trigger.trouble;
    return displayTrouble ?? keyTrouble ?? trigger?.trouble;
  }

  return {
    get key() {
      const name = trigger !== undefined && 'description' in trigger ? trigger.description : undefined;
      const trouble = troubleOfKey();
      return { name: name ?? key, ...(trouble && { trouble: trouble.toJSON() }) };
    },
    get displayTrouble() {
      return displayTrouble;
    },
    async copy(text) {
      if (desktop === undefined)
        throw displayTrouble ?? new VoiceInputError('ERR_DISPLAY_MISSING', 'No clipboard is available.');
      await desktop.clipboard.put(text);
    },
    close: () => ownership.closeAll(),
  };
}

function known(error: unknown): VoiceInputError {
  if (isVoiceInputError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VoiceInputError('ERR_DESKTOP', `The desktop cannot be used: ${message}`, { cause: error });
}
