// Which keys there are beside the first that is spoken with: others to speak with, one takes back, one pastes.

import type { DictationSettings, Ownership } from '@voiceinput/engine';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Desktop, KeyListener } from './desktop.ts';
import type { KeyActions } from './press.ts';

const nothing = (): void => undefined;
const SILENT: KeyListener = { pressed: nothing, released: nothing, usedAsModifier: nothing, escaped: nothing };

export interface KeysPort {
  settings(): Pick<DictationSettings, 'moreKeys' | 'undoKey' | 'pasteKey'>;
  /** What a key does that is spoken with, with the profile of that name. */
  actionsWith(profile: string | undefined): KeyActions;
  undo(): Promise<unknown>;
  paste(): Promise<unknown>;
  warn(error: VoiceInputError): void;
}

/** A key that there is not is warned of; the others work. */
export async function openKeys(desktop: Desktop, port: KeysPort, ownership: Ownership) {
  const { settings, actionsWith, undo, paste, warn } = port;
  const { moreKeys, undoKey, pasteKey } = settings();
  for (const { key, profile } of moreKeys) await open('moreKeys', key, actionsWith(profile));
  await open('undoKey', undoKey, acting(undo));
  await open('pasteKey', pasteKey, acting(paste));

  async function open(setting: string, key: string, listener: KeyListener): Promise<void> {
    if (key === '') return;
    try {
      const trigger = await desktop.watchKey(key, listener);
      ownership.own(setting, () => trigger.close());
      if (trigger.trouble !== undefined) warn(trigger.trouble);
    } catch (error) {
      warn(told(error));
    }
  }

  /** At the release: text that is sent while a key is down would be typed with it. */
  function acting(act: () => Promise<unknown>): KeyListener {
    return { ...SILENT, released: () => void act().catch((error: unknown) => warn(told(error))) };
  }
}

/** What an act of a key failed with. */
export function told(error: unknown): VoiceInputError {
  return isVoiceInputError(error) ? error : new VoiceInputError('ERR_INTERNAL', String(error), { cause: error });
}
