// How `voiceinput tray` runs: loaded only when it is asked for, with this program as the daemon that it starts.

import { VoiceInputError } from '@voiceinput/plugin-api';
import { createReporter } from '../show/reporter.ts';
import { daemonCommand } from '../settings/main-file.ts';

/** Runs until the user quits it or `signal`. Rejects as `runTray` does, and with `ERR_USAGE` for an unknown language. */
export async function tray(
  { language }: { readonly language: string | undefined },
  signal: AbortSignal,
): Promise<number> {
  const { isLanguage, runTray } = await import('@voiceinput/tray');
  if (language !== undefined && !isLanguage(language))
    throw new VoiceInputError('ERR_USAGE', `Unknown language "${language}"; use en or ru.`);
  const reporter = createReporter({ json: false });
  await runTray({ signal, language, executable: daemonCommand, warn: (error) => reporter.warning(error.toJSON()) });
  return 0;
}
