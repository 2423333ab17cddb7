// What starts at login: the daemon and, where it is installed, the tray; by systemd, or by the desktop where that cannot be asked.

import { isVoiceInputError } from '@voiceinput/plugin-api';
import type { VoiceInputError } from '@voiceinput/plugin-api';
import { findDaemon, quitDaemon, withDaemon } from '../commands/daemon.ts';
import { startDaemon } from '@voiceinput/client';
import { forgetToken, keepToken } from '../http/token.ts';
import { daemonCommand } from '../settings/main-file.ts';
import { autostart, autostartTray } from './autostart.ts';
import type { Definition } from './definition.ts';
import { launchd } from './launchd.ts';
import { enableService, removeService, serviceStatus } from './service.ts';
import type { ServiceStatus } from './service.ts';
import { hasDesktop, startUnit, systemctl, whyUnreachable } from './systemctl.ts';
import { systemd, systemdTray, TRAY_UNIT, UNIT } from './systemd.ts';
import { task } from './task.ts';

/** By what `--file` calls them. */
export const definitions = {
  systemd,
  'systemd-tray': systemdTray,
  autostart,
  'autostart-tray': autostartTray,
  launchd,
  task,
};
export type FileName = keyof typeof definitions;

const onLinux = { systemd: [systemd, systemdTray], autostart: [autostart, autostartTray] } as const;

/** Everything that could start VoiceInput on this system. */
function definitionsHere(): readonly Definition[] {
  if (process.platform === 'darwin') return [launchd];
  return process.platform === 'win32' ? [task] : [...onLinux.systemd, ...onLinux.autostart];
}

export interface Installed {
  readonly definitions: readonly Definition[];
  /** Why the desktop's autostart was taken. Absent where it was not. */
  readonly instead?: VoiceInputError;
}

/** Installs it, and starts it now where that has been tried. Rejects with `ERR_SERVICE`. */
export async function startAtLogin(
  { httpPort }: { readonly httpPort: number | undefined },
  signal: AbortSignal,
): Promise<Installed> {
  const [first] = definitionsHere();
  if (httpPort === undefined) await forgetToken();
  else await keepToken();
  if (process.platform !== 'linux') {
    await enableService(first!, httpPort);
    return { definitions: [first!] };
  }
  const instead = await whyUnreachable();
  const withTray = isTrayInstalled();
  if (instead !== undefined) {
    const wanted = withTray ? onLinux.autostart : [autostart];
    for (const definition of wanted) await enableService(definition, httpPort);
    if (httpPort !== undefined) await quitIfThere(signal);
    const executable = [...daemonCommand, ...(httpPort === undefined ? [] : ['--http', '--port', String(httpPort)])];
    await withDaemon(startDaemon({ client: 'voiceinput', executable }, signal), async () => undefined);
    return { definitions: wanted, instead };
  }
  // A desktop that does not tell systemd of itself starts the icon by its own means.
  const tray = (await hasDesktop()) ? systemdTray : autostartTray;
  const wanted = withTray ? [systemd, tray] : [systemd];
  for (const definition of wanted) await enableService(definition, httpPort);
  // What was there before would start everything twice.
  for (const definition of [...onLinux.autostart, systemdTray])
    if (!wanted.includes(definition)) await removeIfOurs(definition);
  // One that was started by hand would be in the way; it finishes what it is doing.
  await quitIfThere(signal);
  await startUnit(UNIT);
  if (wanted.includes(systemdTray)) await systemctl('restart', TRAY_UNIT);
  return { definitions: wanted };
}

/** Ends all of it. Gives what was removed. Rejects with `ERR_SERVICE`, when the rest is removed. */
export async function stopAtLogin(): Promise<readonly Definition[]> {
  const removed: Definition[] = [];
  let failure: unknown;
  await forgetToken();
  for (const definition of definitionsHere().toReversed()) {
    try {
      if (await removeService(definition)) removed.push(definition);
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return removed.toReversed();
}

/** Of everything that could start VoiceInput here. */
export const serviceStatuses = (): Promise<readonly ServiceStatus[]> =>
  Promise.all(definitionsHere().map((definition) => serviceStatus(definition)));

/** Whether the tray's package is there. */
export function isTrayInstalled(): boolean {
  try {
    import.meta.resolve('@voiceinput/tray');
    return true;
  } catch {
    return false;
  }
}

async function removeIfOurs(definition: Definition): Promise<void> {
  const { installed, trouble } = await serviceStatus(definition);
  if (installed && trouble === undefined) await removeService(definition);
}

async function quitIfThere(signal: AbortSignal): Promise<void> {
  const running = await findDaemon(signal);
  running?.close();
  if (running === undefined) return;
  try {
    await quitDaemon(signal);
  } catch (error) {
    if (!isVoiceInputError(error) || error.code !== 'ERR_DAEMON_MISSING') throw error;
  }
}
