// Decides what `voiceinput serve` says while the daemon runs.

import type { SettingsRequest } from '../settings/settle.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { openModels } from './work.ts';

export interface ServeCommand extends SettingsRequest {
  readonly version: string;
  readonly json: boolean;
}

/** Gives the exit code when the daemon has ended. */
export async function serveCommand({ version, json, ...request }: ServeCommand, signal: AbortSignal): Promise<number> {
  const { serve } = await import('../serve/serve.ts');
  const reporter = createReporter({ json });
  await serve(
    {
      ...request,
      version,
      models: (onProgress) => openModels(reporter, { onProgress }),
      listening: (socket) => print(json, { type: 'listening', socket, pid: process.pid }, `Listening at ${socket}`),
      ready({ mode, key }) {
        const how =
          key === ''
            ? 'no key is set'
            : mode === 'toggle'
              ? `press ${key} to begin and to end`
              : `hold ${key} and speak`;
        print(json, { type: 'ready', mode, key }, `Ready: ${how}. Ctrl-C ends the daemon.`);
      },
      warn: (error) => reporter.warning(error.toJSON()),
    },
    signal,
  );
  return 0;
}
