// Whether the programs that a test needs are installed, and which package brings each.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** By program: the package of Debian and Ubuntu that has it, where its name is another. */
const packages: Readonly<Record<string, string>> = {
  '/usr/libexec/at-spi-bus-launcher': 'at-spi2-core',
  'dbus-daemon': 'dbus',
  'systemd-analyze': 'systemd',
  Xtigervnc: 'tigervnc-standalone-server',
  Xvfb: 'xvfb',
  arecord: 'alsa-utils',
  pacat: 'pulseaudio-utils',
  pactl: 'pulseaudio-utils',
  paplay: 'pulseaudio-utils',
  parecord: 'pulseaudio-utils',
  script: 'bsdutils',
  setpriv: 'util-linux',
  setxkbmap: 'x11-xkb-utils',
  'wl-copy': 'wl-clipboard',
  xmodmap: 'x11-xserver-utils',
};

/** Why a test that needs these programs cannot run here, as a sentence for its skip; absent when it can. */
export function missingPrograms(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length === 0) return undefined;
  const names = new Set(missing.map((program) => packages[program] ?? program));
  return `Install ${[...names].join(' ')} (apt-get).`;
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
