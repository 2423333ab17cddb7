// What a place in the panel can show and tell, whatever the desktop is.

import type { VoiceInputError } from '@voiceinput/plugin-api';
import type { Bitmap } from '../draw/bitmap.ts';
import type { MenuItem } from '../menu/item.ts';

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
  /** The icon itself was clicked; never where that opens the menu. */
  clicked(): void;
  /** The menu is about to be seen, or was just seen. */
  opened(): void;
  /** Whether a panel shows the icon from now on. */
  panel(isThere: boolean): void;
}

export interface Indicator {
  /** Shows this instead of what was shown before; what did not change is not sent again. */
  show(shown: Shown): void;
  /** Settles when nothing shows the icon any more, and nothing will; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
  /** Settles when nothing of it is left. */
  close(): Promise<void>;
}
