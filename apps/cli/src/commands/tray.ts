// How `voiceinput tray` runs: loaded only when it is asked for, with this program as the daemon that it starts.

import { VoiceInputError } from '@voiceinput/plugin-api';
import type * as Tray from '@voiceinput/tray';
import { createReporter } from '../show/reporter.ts';
import { startCommand } from '../service/start-command.ts';
import { inLocale } from '../messages/in-locale.ts';

/**
 * Runs until the user quits it or `signal`. Rejects as `runTray` does, with `ERR_TRAY_MISSING` where it is not
 * installed, and with `ERR_USAGE` for an unknown language.
 */
export async function tray(
  { language }: { readonly language: string | undefined },
  signal: AbortSignal,
): Promise<number> {
  const { isLanguage, runTray } = await importTray();
  if (language !== undefined && !isLanguage(language))
    throw new VoiceInputError('ERR_USAGE', `Unknown language "${language}"; use en or ru.`);
  const reporter = createReporter({ json: false });
  reporter.note(inLocale`The icon appears in the panel. Press Ctrl-C to quit the tray; the daemon keeps running.`);
  await runTray({ signal, language, executable: startCommand(), warn: (error) => reporter.warning(error.toJSON()) });
  return 0;
}

/** Whoever only transcribes does without its libraries, which draw. */
async function importTray(): Promise<typeof Tray> {
  try {
    import.meta.resolve('@voiceinput/tray');
  } catch {
    throw new VoiceInputError('ERR_TRAY_MISSING', 'The tray is not installed.');
  }
  return import('@voiceinput/tray');
}
