// Which programs the desktop of the tests needs.

import { missingPrograms } from '../programs.ts';

const NEEDED = ['Xtigervnc', 'dbus-daemon', '/usr/libexec/at-spi-bus-launcher', 'xfwm4', 'xdotool', 'xclip'];

/** Why a test on a desktop with `more` programs cannot run here; absent when it can. */
export function missingForDesk(...more: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'The desktop of the tests needs Linux.';
  return missingPrograms(...NEEDED, ...more);
}
