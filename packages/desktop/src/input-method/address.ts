// Where ibus-daemon listens, as it writes down for each display.

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const MACHINE_IDS = ['/etc/machine-id', '/var/lib/dbus/machine-id'];

/** As D-Bus writes addresses. Absent: ibus does not run on this display. */
export async function ibusAddress(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const { IBUS_ADDRESS: given, DISPLAY: display, WAYLAND_DISPLAY: wayland } = environment;
  if (given) return given;
  const name = display === undefined ? wayland : /^(?<host>[^:]*):(?<number>\d+)/.exec(display)?.groups;
  if (name === undefined) return undefined;
  const place = typeof name === 'string' ? `unix-${name}` : `${name['host'] || 'unix'}-${name['number']}`;
  const folder = join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'ibus', 'bus');
  for (const file of MACHINE_IDS) {
    const id = await textOf(file);
    const told = id === undefined ? undefined : await textOf(join(folder, `${id}-${place}`));
    if (told === undefined) continue;
    const address = /^IBUS_ADDRESS=(?<address>.+)$/m.exec(told)?.groups?.['address'];
    const pid = Number(/^IBUS_DAEMON_PID=(?<pid>\d+)$/m.exec(told)?.groups?.['pid'] ?? 0);
    return pid > 0 && isAlive(pid) ? address : undefined;
  }
  return undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    // It is not there: this is not the place.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
