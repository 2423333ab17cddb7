// What is opened for dictations into a desktop.

import { isWayland, openDisplay } from '@voiceinput/desktop';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { PluginContext } from '@voiceinput/plugin-api';
import { openLastingAccessibility } from './accessibility/lasting.ts';
import { openSharedInput } from './input-method/shared-input.ts';
import type { DesktopOptions } from './options.ts';
import { focusOnWayland, focusOnX11 } from './pin/desk.ts';
import type { X11Parts } from './pin/desk.ts';
import { openSeatInput } from './seat/seat-input.ts';
import { desktopSink } from './sink.ts';
import type { DesktopSink } from './sink.ts';
import { openWatch } from './watch/watch.ts';

/** Rejects with `ERR_DISPLAY_MISSING` where there is no desktop: neither X11 nor Wayland. */
export async function openDesktopSink(
  options: DesktopOptions,
  context: PluginContext,
  signal: AbortSignal,
): Promise<DesktopSink> {
  const wayland = isWayland();
  const display = await (wayland ? openDisplay(signal).catch(unlessMissing) : openDisplay(signal));
  try {
    const accessibility = await openLastingAccessibility(signal, { withoutDisplay: wayland });
    if (!accessibility.alive)
      context.log(
        display === undefined
          ? 'No accessibility bus was found: on Wayland no text field can be written to without it.'
          : 'No accessibility bus was found: text is pasted and cannot be read back.',
      );
    const x11: X11Parts | undefined = display && {
      display,
      watch: openWatch(display),
      inputMethod: await openSharedInput(display.clipboard),
    };
    const focused = wayland || x11 === undefined ? focusOnWayland(x11, accessibility) : focusOnX11(x11);
    const seat = wayland ? await openSeatInput() : undefined;
    return desktopSink({ focused, ...(x11 && { x11 }), ...(seat && { seat }), accessibility, options });
  } catch (error) {
    await display?.close();
    throw error;
  }
}

/** Without XWayland there are windows all the same. */
function unlessMissing(error: unknown): undefined {
  if (!isVoiceInputError(error) || error.code !== 'ERR_DISPLAY_MISSING') throw error;
}
