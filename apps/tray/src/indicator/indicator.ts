// Decides what a place in the panel can show and tell, whatever the desktop is.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Bus } from '../bus/bus.ts';
import type { Bitmap } from '../draw/bitmap.ts';
import type { MenuItem } from '../menu/item.ts';
import { openStatusNotifier } from './status-notifier/status-notifier.ts';

export interface Shown {
  /** The same picture in several sizes; the panel takes the one that fits. */
  readonly icon: readonly Bitmap[];
  /** What the panel says when the pointer rests on it, and screen readers say always. */
  readonly title: string;
  readonly menu: readonly MenuItem[];
}

export interface Heard {
  /** An item of the menu was chosen. */
  chosen(item: MenuItem): void;
  /** The icon itself was clicked. */
  clicked(): void;
  /** The menu is about to be seen. */
  opened(): void;
  /** Whether a panel shows the icon from now on. */
  panel(isThere: boolean): void;
}

export interface Indicator {
  /** Shows this instead of what was shown before; what did not change is not sent again. */
  show(shown: Shown): void;
  close(): void;
}

/** Rejects with `ERR_DESKTOP` on a system whose panel is not supported yet. */
export async function openIndicator(bus: Bus, first: Shown, heard: Heard): Promise<Indicator> {
  if (process.platform !== 'linux') throw unsupported(process.platform);
  return openStatusNotifier(bus, first, heard);
}

/** Why there is no icon on this system. */
export function unsupported(platform: string): VoiceInputError {
  const system = platform === 'darwin' ? 'macOS' : platform === 'win32' ? 'Windows' : platform;
  return new VoiceInputError('ERR_DESKTOP', `The tray does not support ${system} yet; it was built for Linux.`, {
    hint: 'Use the command line (voiceinput toggle) or the Raycast extension; the daemon is the same.',
  });
}
