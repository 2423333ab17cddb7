// Which place in the panel this desktop has.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Bus } from '@voiceinput/desktop/bus';
import type { Heard, Indicator, Shown } from './panel.ts';
import { openStatusNotifier } from './status-notifier/status-notifier.ts';

/** Without a bus: by the program of a package. Rejects with `ERR_DESKTOP` when that cannot be started. */
export async function openIndicator(bus: Bus | undefined, first: Shown, heard: Heard): Promise<Indicator> {
  if (bus !== undefined) return openStatusNotifier(bus, first, heard);
  const { openSystray } = await import('./systray/systray.ts');
  return openSystray({ platform: process.platform }, first, heard);
}

/** Why there is no icon on this system. */
export function unsupported(platform: string): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', `The tray does not run on ${platform}, only on Linux, macOS and Windows.`, {
    hint: 'Use the command line instead: voiceinput toggle',
  });
}
