// What there is to write with: accessibility everywhere; keys, clipboard and input method where X11 gives them.

import type { ActiveWindow, Display } from '@voiceinput/desktop';
import { focusedOnSway } from '@voiceinput/desktop/wayland';
import type { Accessibility } from '../accessibility/accessibility.ts';
import type { SharedInput } from '../input-method/shared-input.ts';
import type { DesktopOptions } from '../options.ts';
import type { SeatInput } from '../seat/seat-input.ts';
import type { Watch } from '../watch/watch.ts';

/** What reaches windows of X11 only. */
export interface X11Parts {
  readonly display: Display;
  readonly watch: Watch;
  readonly inputMethod: SharedInput;
}

/** The window that has the focus. */
export interface Focused {
  readonly window: ActiveWindow;
  /** Absent: neither keys nor the clipboard reach it. */
  readonly x11?: X11Parts;
}

export interface Desk {
  /** Absent when no window has the focus. */
  focused(): Promise<Focused | undefined>;
  /** Absent where there is no X11. */
  readonly x11?: X11Parts;
  /** Absent on X11, and where the compositor lets no other program put text in. */
  readonly seat?: SeatInput;
  readonly accessibility: Pick<Accessibility, 'focusedIn' | 'close'>;
  readonly options: DesktopOptions;
}

/** On Wayland a window that tells nothing of itself may have the focus. Windows of X11 have other numbers. */
const UNKNOWN: ActiveWindow = { windowId: 0, names: [] };

/** The focus on X11, where the display knows it. */
export function focusOnX11(x11: X11Parts): Desk['focused'] {
  return async () => {
    const window = await x11.display.activeWindow();
    return window && { window, x11 };
  };
}

/** The focus on Wayland: in a window of X11, where there is XWayland, else in one that accessibility knows. */
export function focusOnWayland(
  x11: X11Parts | undefined,
  accessibility: Pick<Accessibility, 'activeWindow'>,
): Desk['focused'] {
  const onX11 = x11 && focusOnX11(x11);
  return async () =>
    (await onX11?.()) ?? {
      window: (await accessibility.activeWindow()) ?? { ...UNKNOWN, ...(await focusedOnSway()) },
    };
}
