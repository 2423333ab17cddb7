// KWin that tests run on: without a screen, with accessibility, a user, and programs.

import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { sessionBus } from '@particle/dbus-next';
import { guardChildren } from '../guard.ts';
import { asNobody, theirs } from '../nobody.ts';
import { killAllAtHome, rememberEnvironment, startedHere, until } from '../started.ts';
import { answered, environmentIn, startBuses } from '../wayland.ts';
import type { WaylandDesk } from '../wayland.ts';
import { openKwinUser } from './user.ts';
import { windowsOf } from './windows.ts';

export type Kwin = WaylandDesk;

const execute = promisify(execFile);
const PROGRAM = '/usr/bin/kwin_wayland';
const SIZE = ['--width', '1280', '--height', '800'];
const LOOK_EVERY_MS = 50;
const DISPLAY = 'wayland-kwin';

/**
 * Sets the environment of this process, so that what is tested finds the desktop; `close` puts it back. Where this process
 * is root, the desktop and its programs run as nobody.
 */
export async function openKwin(): Promise<Kwin> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-kwin-'));
  chmodSync(theirs(folder), 0o700);
  const restoreEnvironment = rememberEnvironment();
  const { start, kill, killAll } = startedHere();
  const run = (...command: readonly string[]) => start(asNobody(command));
  Object.assign(process.env, environmentIn(folder), {
    XDG_CURRENT_DESKTOP: 'KDE',
    KWIN_COMPOSE: 'Q',
    // Else nobody could press keys.
    KWIN_WAYLAND_NO_PERMISSION_CHECKS: '1',
  });
  await startBuses(folder, run);
  // A copy has none of the privileges of the file, which not every machine can give.
  const program = join(folder, 'kwin_wayland');
  copyFileSync(PROGRAM, program);
  chmodSync(theirs(program), 0o700);
  run(program, '--virtual', ...SIZE, '--socket', DISPLAY, '--no-lockscreen');
  await until(() => existsSync(join(folder, DISPLAY)), 'KWin');
  process.env['WAYLAND_DISPLAY'] = DISPLAY;
  const bus = sessionBus({ busAddress: process.env['DBUS_SESSION_BUS_ADDRESS']! });
  const scripts = windowsOf(bus, folder);
  await answered(() => scripts.all(), 'KWin');
  const user = await openKwinUser(join(folder, DISPLAY), (command, stdio) => start(asNobody(command), stdio));

  return {
    user,
    folder,
    async open(command, appId) {
      const before = new Set((await scripts.all()).map(({ id }) => id));
      const child = run(...command);
      const { id, pid, rect } = await answered(async () => {
        const windows = await scripts.all();
        const window = windows.find((one) => one.name === appId && one.rect.width > 0 && !before.has(one.id));
        if (window === undefined) throw new Error(`${command[0]} has no window: ${JSON.stringify(windows)}`);
        return window;
      }, command[0]!);
      const activate = async (): Promise<void> => {
        await scripts.activate(id);
        while (!(await scripts.all()).some((one) => one.id === id && one.isFocused)) await pause(LOOK_EVERY_MS);
      };
      await activate();
      return { pid, area: rect, activate, close: () => kill(child) };
    },
    file(name) {
      const path = join(folder, name);
      writeFileSync(path, '');
      return theirs(path);
    },
    copied: {
      // Not synchronously: it may be this process that is asked.
      read: async () => (await execute('wl-paste', ['--no-newline'])).stdout,
      write: (input) => void execFileSync('wl-copy', ['--', input], { stdio: 'ignore' }),
    },
    async close() {
      user.close();
      bus.disconnect();
      await killAll();
      restoreEnvironment();
      killAllAtHome(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
