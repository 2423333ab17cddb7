// Which keys there are beside the one that is spoken with: one takes back, one pastes.

import type { DictationSettings, Ownership } from '@voiceinput/engine';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Desktop, KeyListener } from './desktop.ts';

const nothing = (): void => undefined;
const SILENT: KeyListener = { pressed: nothing, released: nothing, usedAsModifier: nothing, escaped: nothing };

export interface KeysPort {
  settings(): Pick<DictationSettings, 'undoKey' | 'pasteKey'>;
  undo(): Promise<unknown>;
  paste(): Promise<unknown>;
  warn(error: VoiceInputError): void;
}

/** A key that there is not is warned of; the others work. */
export async function openKeys(desktop: Desktop, { settings, undo, paste, warn }: KeysPort, ownership: Ownership) {
  const { undoKey, pasteKey } = settings();
  await open('undoKey', undoKey, undo);
  await open('pasteKey', pasteKey, paste);

  async function open(setting: string, key: string, act: () => Promise<unknown>): Promise<void> {
    if (key === '') return;
    try {
      const released = (): void => void act().catch((error: unknown) => warn(told(error)));
      // At the release: text that is sent while a key is down would be typed with it.
      const trigger = await desktop.watchKey(key, { ...SILENT, released });
      ownership.own(setting, () => trigger.close());
      if (trigger.trouble !== undefined) warn(trigger.trouble);
    } catch (error) {
      warn(told(error));
    }
  }
}

/** What an act of a key failed with. */
export function told(error: unknown): VoiceInputError {
  return isVoiceInputError(error) ? error : new VoiceInputError('ERR_INTERNAL', String(error), { cause: error });
}
