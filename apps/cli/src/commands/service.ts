// What `voiceinput service` prints.

import { isVoiceInputError } from '@voiceinput/plugin-api';
import { startOfThis } from '../service/definition.ts';
import type { Definition } from '../service/definition.ts';
import {
  definitionHere,
  definitions,
  enableService,
  removeService,
  serviceStatus,
  startService,
} from '../service/service.ts';
import type { Kind, ServiceStatus } from '../service/service.ts';
import { createReporter } from '../show/reporter.ts';
import { print, table } from '../show/table.ts';
import { quitDaemon } from './daemon.ts';

interface Shown {
  readonly json: boolean;
}

/** What is printed of a file that nobody has seen work. */
const UNVERIFIED = 'This is not verified: nobody has seen it work on such a system yet.';
const byHand: Readonly<Record<Kind, { readonly load: string; readonly unload: string }>> = {
  systemd: { load: '', unload: '' },
  launchd: {
    load: 'launchctl bootstrap gui/$(id -u) ',
    unload: 'launchctl bootout gui/$(id -u)/org.voiceinput.daemon',
  },
  task: { load: 'schtasks /Create /TN VoiceInput /XML ', unload: 'schtasks /Delete /TN VoiceInput' },
};

/** Prints the file instead of installing it when `file` names a kind. */
export async function installService(
  { json, file, httpPort }: Shown & { readonly file: Kind | undefined; readonly httpPort: number | undefined },
  signal: AbortSignal,
): Promise<number> {
  if (file !== undefined) {
    const { kind, path, isVerified: verified, contentOf } = definitions[file];
    const content = contentOf(startOfThis(true, httpPort));
    if (!verified) createReporter({ json }).note(UNVERIFIED);
    print(json, { kind, path, verified, content }, content.trimEnd());
    return 0;
  }
  const definition = definitionHere();
  await enableService(definition, httpPort);
  if (definition.kind === 'systemd') {
    // One that was started by hand would be in the way; it finishes what it is doing.
    await quitIfThere(signal);
    await startService();
  }
  const status = await serviceStatus(definition);
  print(json, shown(status), installedText(definition));
  return 0;
}

export async function uninstallService({ json }: Shown): Promise<number> {
  const definition = definitionHere();
  const { kind, path } = definition;
  const removed = await removeService(definition);
  const rest = removed && kind !== 'systemd' ? `\n${UNVERIFIED} End it with: ${byHand[kind].unload}` : '';
  print(json, { kind, path, removed }, removed ? `Removed ${path}.${rest}` : 'No service is installed.');
  return 0;
}

/** Rejects with `ERR_SERVICE` when it is installed and cannot start, after all was told. */
export async function showService({ json }: Shown): Promise<number> {
  const status = await serviceStatus(definitionHere());
  print(json, shown(status), statusText(status));
  if (status.trouble !== undefined) throw status.trouble;
  return 0;
}

async function quitIfThere(signal: AbortSignal): Promise<void> {
  try {
    await quitDaemon(signal);
  } catch (error) {
    if (!isVoiceInputError(error) || error.code !== 'ERR_DAEMON_MISSING') throw error;
  }
}

function installedText({ kind, path, isVerified }: Definition): string {
  if (isVerified)
    return `${path} is written; the daemon runs, and starts at every login.\nIts log: journalctl --user -u voiceinput`;
  return `${path} is written.\n${UNVERIFIED} Start it with: ${byHand[kind].load}${path}`;
}

function statusText({ kind, path, verified, installed, program, enabled, active }: ServiceStatus): string {
  if (!installed) return `No service is installed (${path}).`;
  return table([
    ['service', `${kind}${verified ? '' : ' (not verified)'}`],
    ['file', path],
    ['starts', program ?? 'nothing of ours'],
    ...(enabled === undefined ? [] : [['at login', enabled]]),
    ...(active === undefined ? [] : [['now', active]]),
  ]);
}

/** An error has no JSON of its own that says more than its report. */
function shown({ trouble, ...status }: ServiceStatus): object {
  return { ...status, ...(trouble && { trouble: trouble.toJSON() }) };
}
