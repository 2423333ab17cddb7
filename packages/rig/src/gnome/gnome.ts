// GNOME that tests run on: its shell without a screen, ibus, accessibility, a user, and programs.

import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sessionBus } from '@particle/dbus-next';
import { guardChildren } from '../guard.ts';
import { asNobody, theirs } from '../nobody.ts';
import { killAllAtHome, rememberEnvironment, startedHere, until } from '../started.ts';
import { answered, environmentIn, startBuses } from '../wayland.ts';
import type { WaylandDesk } from '../wayland.ts';
import { shellOn } from './shell.ts';
import type { GnomeShell } from './shell.ts';
import { SEATS } from './programs.ts';
import { openGnomeUser } from './user.ts';

export interface Gnome extends WaylandDesk {
  readonly shell: GnomeShell;
}

const LOOK_EVERY_MS = 50;
const DISPLAY = 'wayland-gnome';
const SIZE = { width: 1280, height: 800 };

/**
 * Sets the environment of this process, so that what is tested finds the desktop; `close` puts it back. Where this process
 * is root, the desktop and its programs run as nobody.
 */
export async function openGnome(): Promise<Gnome> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-gnome-'));
  chmodSync(theirs(folder), 0o700);
  const restoreEnvironment = rememberEnvironment();
  const { start, kill, killAll } = startedHere();
  const run = (...command: readonly string[]) => start(asNobody(command));
  Object.assign(process.env, environmentIn(folder), { XDG_CURRENT_DESKTOP: 'GNOME', LIBGL_ALWAYS_SOFTWARE: '1' });
  await startBuses(folder, run);
  start(
    withoutSeats(
      asNobody([
        'gnome-shell',
        '--headless',
        '--unsafe-mode',
        '--no-x11',
        '--virtual-monitor',
        `${SIZE.width}x${SIZE.height}`,
        '--wayland-display',
        DISPLAY,
      ]),
    ),
  );
  await until(() => existsSync(join(folder, DISPLAY)), 'gnome-shell');
  process.env['WAYLAND_DISPLAY'] = DISPLAY;
  const bus = sessionBus({ busAddress: process.env['DBUS_SESSION_BUS_ADDRESS']! });
  const shell = shellOn(bus);
  await answered(() => shell.windows(), 'gnome-shell');
  const user = await answered(() => openGnomeUser(bus, SIZE), 'the remote desktop');
  await shell.leaveOverview();

  return {
    user,
    shell,
    folder,
    async open(command, appId) {
      const before = new Set((await shell.windows()).map(({ id }) => id));
      const child = run(...command);
      const { id, pid, rect } = await answered(async () => {
        const window = (await shell.windows()).find(
          (one) => one.name === appId && one.rect.width > 0 && !before.has(one.id),
        );
        if (window === undefined) throw new Error(`${command[0]} has no window.`);
        return window;
      }, command[0]!);
      const activate = async (): Promise<void> => {
        await shell.activate(id);
        while (!(await shell.windows()).some((one) => one.id === id && one.isFocused)) await pause(LOOK_EVERY_MS);
      };
      await activate();
      return { pid, area: rect, activate, close: () => kill(child) };
    },
    file(name) {
      const path = join(folder, name);
      writeFileSync(path, '');
      return theirs(path);
    },
    copied: { read: () => shell.copied(), write: (text) => void shell.copy(text) },
    async close() {
      bus.disconnect();
      await killAll();
      restoreEnvironment();
      killAllAtHome(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Where it sees seats, the shell wants the login manager of the machine, which has none for it. */
const withoutSeats = (command: readonly string[]): readonly string[] =>
  existsSync(SEATS)
    ? ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run/systemd && exec "$@"', 'sh', ...command]
    : command;
