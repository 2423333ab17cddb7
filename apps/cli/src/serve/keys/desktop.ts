// Which desktop the daemon has: X11, or what can be had on every system.

import type { Trigger, TriggerPort } from '@voiceinput/desktop';
import type { DictationSettings } from '@voiceinput/engine';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { isPortable } from '../../built-in/platform.ts';

/** What the key tells. */
export type KeyListener = Pick<TriggerPort, 'pressed' | 'released' | 'usedAsModifier' | 'escaped'>;

export interface Desktop {
  /** X11, or keys and a clipboard as every system has them. */
  readonly kind: 'x11' | 'portable';
  readonly clipboard: { put(text: string): void | Promise<void> };
  /** Settles when it is gone. */
  readonly lost: Promise<VoiceInputError>;
  /** Rejects with `ERR_DESKTOP` when there is no such key. */
  watchKey(name: string, listener: KeyListener): Promise<Trigger>;
  close(): Promise<void>;
}

type Settings = Pick<DictationSettings, 'sink' | 'longestMs'>;

/** On X11 too, whoever dictates with sink-paste gets what it uses. Rejects with `ERR_DISPLAY_MISSING` or `ERR_DESKTOP`. */
export function openDesktop(settings: Settings, signal: AbortSignal): Promise<Desktop> {
  return isPortable || settings.sink.use === 'sink-paste' ? openPortable(settings, signal) : openX11(signal);
}

// Each is loaded only where it is needed.
async function openX11(signal: AbortSignal): Promise<Desktop> {
  const { openDisplay, watchTrigger } = await import('@voiceinput/desktop');
  const display = await openDisplay(signal);
  const { clipboard, lost } = display;
  return {
    kind: 'x11',
    clipboard,
    lost,
    watchKey: (name, listener) => watchTrigger(name, { ...display, ...listener }),
    close: () => display.close(),
  };
}

async function openPortable({ longestMs }: Settings, signal: AbortSignal): Promise<Desktop> {
  const { openPortableDesktop, watchHeldKey } = await import('@voiceinput/desktop/portable');
  const { input, clipboard, close } = await openPortableDesktop(signal);
  return {
    kind: 'portable',
    clipboard,
    // Nobody would tell.
    lost: new Promise(() => undefined),
    async watchKey(name, listener) {
      const end = watchHeldKey(name, { input, longestMs, ...listener });
      return { trouble: undefined, close: async () => end() };
    },
    close,
  };
}
