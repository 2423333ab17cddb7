// Which programs the GNOME desktop of the tests needs.

import { existsSync } from 'node:fs';
import { missingPrograms } from '../programs.ts';

/** Told by systemd where it manages logins. */
export const SEATS = '/run/systemd/seats';

const NEEDED = ['gnome-shell', 'ibus-daemon', 'dbus-daemon', '/usr/libexec/at-spi-bus-launcher', 'setpriv'];

/** Why a test on GNOME with `more` programs cannot run here; absent when it can. */
export function missingForGnome(...more: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'The desktop of the tests needs Linux.';
  if (existsSync(SEATS) && process.getuid?.() !== 0)
    return 'GNOME of the tests needs root where systemd manages logins.';
  return missingPrograms(...NEEDED, ...more);
}
