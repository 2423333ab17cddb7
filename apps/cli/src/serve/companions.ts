// Decides what accompanies the daemon where there is a desktop: the key that is held, and the clipboard.

import type { Display, Trigger } from '@voiceinput/desktop';
import type { DictationSettings } from '@voiceinput/engine';
import { createOwnership } from '@voiceinput/engine';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { Dictations } from './dictations.ts';

/** A press that is shorter was not meant to be spoken into. */
const TAP_MS = 150;

export interface Companions {
  /** Why the key does not work, or not as it should. Absent when it does, or none is set. */
  readonly keyTrouble: VoiceInputError | undefined;
  /** Whether there is a desktop, now. */
  readonly hasDisplay: boolean;
  /** Puts a text on the clipboard. Rejects with `ERR_DISPLAY_MISSING`. */
  copy(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface CompanionsPort {
  readonly dictations: Dictations;
  settings(): DictationSettings;
  warn(error: VoiceInputError): void;
}

/** Never rejects: without a desktop everything else works. */
export async function openCompanions(port: CompanionsPort, signal: AbortSignal): Promise<Companions> {
  const ownership = createOwnership();
  let trouble: VoiceInputError | undefined;
  let display: Display | undefined;
  let trigger: Trigger | undefined;
  try {
    // Loaded only where it may be needed.
    const desktop = await import('@voiceinput/desktop');
    const opened = await desktop.openDisplay(signal);
    display = opened;
    ownership.own('the display', () => opened.close());
    void opened.lost.then((reason) => {
      trouble = reason;
      display = undefined;
      port.warn(reason);
    });
    const { key } = port.settings();
    if (key !== '') {
      const { keyboard, input, keptKeys } = opened;
      const watching = await desktop.watchTrigger(key, { keyboard, input, keptKeys, ...actionsOf(port) });
      trigger = watching;
      ownership.own('the key', () => watching.close());
    }
  } catch (error) {
    if (!isVoiceInputError(error)) throw error;
    trouble = error;
  }
  return {
    get keyTrouble() {
      return port.settings().key === '' ? undefined : (trouble ?? trigger?.trouble);
    },
    get hasDisplay() {
      return display !== undefined;
    },
    async copy(text) {
      if (display === undefined) throw trouble ?? new VoiceInputError('ERR_DISPLAY_MISSING', 'There is no clipboard.');
      await display.clipboard.put(text);
    },
    close: () => ownership.closeAll(),
  };
}

/** What the key does, by the mode that is set. */
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
