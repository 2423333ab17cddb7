// What `voiceinput serve` says while the daemon runs.

import type { HttpAddress } from '../http/http.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { asTyped } from '../show/command-name.ts';
import { howToDictate } from '../show/key.ts';
import { endText } from '../show/outcome.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { openModels } from './work.ts';

export interface ServeCommand extends SettingsRequest {
  readonly version: string;
  readonly json: boolean;
  /** Where HTTP is answered too. Absent: nowhere. */
  readonly httpPort?: number | undefined;
}

/** Gives the exit code when the daemon has ended. */
export async function serveCommand(
  { version, json, httpPort, ...request }: ServeCommand,
  signal: AbortSignal,
): Promise<number> {
  const { serve } = await import('../serve/serve.ts');
  const reporter = createReporter({ json });
  await serve(
    {
      ...request,
      version,
      http: httpPort === undefined ? undefined : { port: httpPort, opened: (address) => tellAddress(address, json) },
      models: (plugins, onProgress) => openModels(reporter, plugins, { onProgress }),
      listening: (socket) =>
        print(json, { type: 'listening', socket, pid: process.pid }, `Listening at ${socket}; loading the model …`),
      ready(mode, { name, trouble }) {
        const text = trouble === undefined ? `Ready: ${howToDictate(name, mode)}.` : `Ready. ${trouble.message}`;
        print(json, { type: 'ready', mode, key: name }, `${text} Press Ctrl-C to stop.`);
      },
      recovered({ id, outcome }) {
        const text = `Recovered an interrupted dictation: ${id} (${endText(outcome)}). See it with: voiceinput history`;
        print(json, { type: 'recovered', id, outcome }, asTyped(text));
      },
      warn: (error) => reporter.warning(error.toJSON()),
    },
    signal,
  );
  return 0;
}

function tellAddress({ url, tokenFile }: HttpAddress, json: boolean): void {
  print(json, { type: 'http', url, tokenFile }, `HTTP at ${url}, token in ${tokenFile}`);
}
