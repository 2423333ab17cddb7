// Which programs the KDE desktop of the tests needs.

import { missingPrograms } from '../programs.ts';

const NEEDED = ['kwin_wayland', 'wl-copy', 'dbus-daemon', '/usr/libexec/at-spi-bus-launcher', 'setpriv'];

/** Why a test on KWin with `more` programs cannot run here; absent when it can. */
export function missingForKwin(...more: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'The desktop of the tests needs Linux.';
  return missingPrograms(...NEEDED, ...more);
}
