// What is opened for dictations into a desktop.

import { openDisplay } from '@voiceinput/desktop';
import type { PluginContext } from '@voiceinput/plugin-api';
import { openLastingAccessibility } from './accessibility/lasting.ts';
import type { DesktopOptions } from './options.ts';
import { desktopSink } from './sink.ts';
import type { DesktopSink } from './sink.ts';
import { openWatch } from './watch/watch.ts';

/** Rejects with `ERR_DISPLAY_MISSING` where there is no desktop. */
export async function openDesktopSink(
  options: DesktopOptions,
  context: PluginContext,
  signal: AbortSignal,
): Promise<DesktopSink> {
  const display = await openDisplay(signal);
  try {
    const accessibility = await openLastingAccessibility(signal);
    if (!accessibility.alive) context.log('No accessibility bus was found: text is pasted and cannot be read back.');
    return desktopSink({ display, watch: openWatch(display), accessibility, options });
  } catch (error) {
    await display.close();
    throw error;
  }
}
