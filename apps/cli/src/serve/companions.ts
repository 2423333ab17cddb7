// Decides what accompanies the daemon where there is a desktop: the key, sounds, hooks and the clipboard.

import type { DictationSettings } from '@voiceinput/engine';
import { createOwnership } from '@voiceinput/engine';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Broadcast } from './broadcast.ts';
import type { Dictations } from './dictations.ts';

export interface Companions {
  /** Why the key does not work. Absent when it does, or none is set. */
  readonly keyTrouble: VoiceInputError | undefined;
  /** Puts a text on the clipboard. Rejects with `ERR_DISPLAY_MISSING`. */
  copy(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface CompanionsPort {
  readonly dictations: Dictations;
  readonly broadcast: Broadcast;
  settings(): DictationSettings;
  warn(error: VoiceInputError): void;
}

export async function openCompanions(_port: CompanionsPort, _signal: AbortSignal): Promise<Companions> {
  const ownership = createOwnership();
  return {
    keyTrouble: undefined,
    copy: async () => {
      throw new VoiceInputError('ERR_DISPLAY_MISSING', 'There is no clipboard.');
    },
    close: () => ownership.closeAll(),
  };
}
