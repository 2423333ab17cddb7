// What `voiceinput serve` says while the daemon runs.

import type { HttpAddress } from '../http/http.ts';
import { sentencesFor } from '../messages/messages.ts';
import type { SettingsRequest } from '../settings/settle.ts';
import { asTyped } from '../show/command-name.ts';
import { howToDictate } from '../show/key.ts';
import { endText } from '../show/outcome.ts';
import { createReporter } from '../show/reporter.ts';
import { print } from '../show/table.ts';
import { offerSetup } from './setup.ts';
import { openModels } from './work.ts';
import { inLocale, toldError } from '../messages/in-locale.ts';

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
  const reporter = createReporter({ json });
  const say = sentencesFor();
  if (!json && request.config === undefined && (await offerSetup(version, reporter, signal))) return 0;
  const { serve } = await import('../serve/serve.ts');
  await serve(
    {
      ...request,
      version,
      http:
        httpPort === undefined
          ? undefined
          : { port: httpPort, opened: (address, socket) => tellAddress({ ...address, socket }, json) },
      models: (plugins, onProgress) => openModels(reporter, plugins, { onProgress }),
      listening: (socket) => print(json, { type: 'listening', socket, pid: process.pid }, say.listening(socket)),
      ready(mode, { name, trouble }) {
        const text =
          trouble === undefined
            ? say.serveReady(howToDictate(name, mode))
            : say.serveReadyBut(toldError(trouble).message);
        print(json, { type: 'ready', mode, key: name }, text);
      },
      recovered({ id, outcome }) {
        const text = inLocale`Recovered an interrupted dictation: ${id} (${endText(outcome)}). See it with: voiceinput history`;
        print(json, { type: 'recovered', id, outcome }, asTyped(text));
      },
      changed(files) {
        const text = files.length === 0 ? say.settingsBuiltIn : say.settingsFrom(files.join(', '));
        print(json, { type: 'settings', files }, text);
      },
      warn: (error) => reporter.warning(error.toJSON()),
    },
    signal,
  );
  return 0;
}

function tellAddress(
  { url, tokenFile, socket }: HttpAddress & { readonly socket: string | undefined },
  json: boolean,
): void {
  const without = socket === undefined ? '' : inLocale`; without a token at ${socket}`;
  print(json, { type: 'http', url, tokenFile, socket }, inLocale`HTTP at ${url}, token in ${tokenFile}${without}`);
}
