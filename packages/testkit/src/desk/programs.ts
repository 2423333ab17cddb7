// Decides which programs the tests on a desktop need, and which package brings each.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** By program: the package of Debian and Ubuntu that has it. */
const packages: Readonly<Record<string, string>> = {
  Xtigervnc: 'tigervnc-standalone-server',
  'dbus-daemon': 'dbus',
  '/usr/libexec/at-spi-bus-launcher': 'at-spi2-core',
  xfwm4: 'xfwm4',
  xdotool: 'xdotool',
  xclip: 'xclip',
  'xfce4-clipman': 'xfce4-clipman',
  xmodmap: 'x11-xserver-utils',
};
const needed = ['Xtigervnc', 'dbus-daemon', '/usr/libexec/at-spi-bus-launcher', 'xfwm4', 'xdotool', 'xclip'];

/** Why a test on a desktop with `more` programs cannot run here; `undefined` when it can. */
export function missingForDesk(...more: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'The desktop of the tests needs Linux.';
  const missing = [...needed, ...more].filter((program) => !isInstalled(program));
  if (missing.length === 0) return undefined;
  return `Install ${missing.map((program) => packages[program] ?? program).join(' ')} (apt-get) for a desktop of the tests.`;
}

function isInstalled(program: string): boolean {
  const places = program.startsWith('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  return places.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder; the next one may have it.
      return false;
    }
  });
}
