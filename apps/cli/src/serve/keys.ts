// Decides which keys there are beside the one that is spoken with: one takes back, one pastes. On X11 only.

import type { Display, Trigger } from '@voiceinput/desktop';
import type { DictationSettings, Ownership } from '@voiceinput/engine';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

export interface KeysPort {
  settings(): Pick<DictationSettings, 'undoKey' | 'pasteKey'>;
  undo(): Promise<unknown>;
  paste(): Promise<unknown>;
  warn(error: VoiceInputError): void;
}

/** A key that there is not is warned of; the others work. */
export async function openKeys(display: Display, { settings, undo, paste, warn }: KeysPort, ownership: Ownership) {
  const { undoKey, pasteKey } = settings();
  await open('undoKey', undoKey, undo);
  await open('pasteKey', pasteKey, paste);

  async function open(setting: string, key: string, act: () => Promise<unknown>): Promise<void> {
    if (key === '') return;
    try {
      const trigger = await watch(key, () => void act().catch(told));
      ownership.own(setting, () => trigger.close());
      if (trigger.trouble !== undefined) warn(trigger.trouble);
    } catch (error) {
      told(error);
    }
  }

  /** At the release: text that is sent while a key is down would be typed with it. */
  async function watch(key: string, act: () => void): Promise<Trigger> {
    const { watchTrigger } = await import('@voiceinput/desktop');
    const nothing = (): void => undefined;
    return watchTrigger(key, {
      ...display,
      pressed: nothing,
      released: act,
      usedAsModifier: nothing,
      escaped: nothing,
    });
  }

  function told(error: unknown): void {
    warn(isVoiceInputError(error) ? error : new VoiceInputError('ERR_INTERNAL', String(error), { cause: error }));
  }
}
