// Which desktop the daemon has: X11, Wayland without it, or what can be had on every system.

import type { Trigger, TriggerPort } from '@voiceinput/desktop';
import type { DictationSettings } from '@voiceinput/engine';
import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';
import type { SinkNeed } from '@voiceinput/plugin-api';
import { isPortable } from '../../built-in/platform.ts';

/** What the key tells. */
export type KeyListener = Pick<TriggerPort, 'pressed' | 'released' | 'usedAsModifier' | 'escaped'>;

export interface Desktop {
  /** X11, Wayland without it, or keys and a clipboard as every system has them. */
  readonly kind: 'x11' | 'wayland' | 'portable';
  readonly clipboard: { put(text: string): void | Promise<void> };
  /** Settles when it is gone. */
  readonly lost: Promise<VoiceInputError>;
  /** Rejects with `ERR_DESKTOP` when there is no such key. */
  watchKey(name: string, listener: KeyListener): Promise<Trigger>;
  /** Whether Escape is kept from applications. Nothing happens where that cannot be. */
  keepEscape(isKept: boolean): void;
  close(): Promise<void>;
}

export interface DesktopWanted extends Pick<DictationSettings, 'longestMs'> {
  /** Of the sink that is configured. */
  readonly needs: readonly SinkNeed[];
}

/** On X11 too, a sink that needs a keyboard gets the one of every system. Rejects with `ERR_DISPLAY_MISSING` or `ERR_DESKTOP`. */
export function openDesktop(wanted: DesktopWanted, signal: AbortSignal): Promise<Desktop> {
  return isPortable || wanted.needs.includes('keyboard') ? openPortable(wanted, signal) : openNative(signal);
}

// Each is loaded only where it is needed.
async function openNative(signal: AbortSignal): Promise<Desktop> {
  const { isWayland } = await import('@voiceinput/desktop');
  try {
    return await openX11(signal);
  } catch (error) {
    if (isWayland() && isVoiceInputError(error) && error.code === 'ERR_DISPLAY_MISSING') return openWayland();
    throw error;
  }
}

async function openX11(signal: AbortSignal): Promise<Desktop> {
  const { openDisplay, openEscape, watchKeyOrButton } = await import('@voiceinput/desktop');
  const display = await openDisplay(signal);
  const { clipboard, lost } = display;
  const escape = openEscape(display);
  return {
    kind: 'x11',
    clipboard,
    lost,
    watchKey: (name, listener) => watchKeyOrButton(name, { ...display, ...listener }),
    keepEscape: (isKept) => escape.keep(isKept),
    async close() {
      await escape.close();
      await display.close();
    },
  };
}

/** Without XWayland: a clipboard, and no keys. */
async function openWayland(): Promise<Desktop> {
  const { copyOnWayland } = await import('@voiceinput/desktop/wayland');
  return {
    kind: 'wayland',
    clipboard: { put: copyOnWayland },
    // What is asked of it says when it is.
    lost: new Promise(() => undefined),
    watchKey: () => {
      const message = 'On Wayland no program hears keys.';
      return Promise.reject(
        new VoiceInputError('ERR_DESKTOP', message, { hint: 'Bind commands to keys of the desktop.' }),
      );
    },
    keepEscape: () => undefined,
    close: async () => undefined,
  };
}

async function openPortable({ longestMs }: DesktopWanted, signal: AbortSignal): Promise<Desktop> {
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
    keepEscape: () => undefined,
    close,
  };
}
