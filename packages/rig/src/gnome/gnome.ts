// GNOME that tests run on: its shell without a screen, ibus, accessibility, a user, and programs.

import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sessionBus } from '@particle/dbus-next';
import type { User } from '../desk/user.ts';
import { guardChildren } from '../guard.ts';
import { asNobody, busForAll, theirs } from '../nobody.ts';
import { killAllAtHome, rememberEnvironment, startedHere, until } from '../started.ts';
import { shellOn } from './shell.ts';
import type { GnomeWindow, Shell } from './shell.ts';
import { SEATS } from './programs.ts';
import { openGnomeUser } from './user.ts';

export interface Gnome {
  readonly user: User;
  readonly shell: Shell;
  /** The home of all programs; this process can read it. */
  readonly folder: string;
  /** Starts a program and waits until its window with this `app_id` is there and has the focus. */
  open(command: readonly string[], appId: string): Promise<GnomeProgram>;
  /** A file of its own for a program to save to: empty. */
  file(name: string): string;
  /** What is copied. */
  readonly copied: { read(): Promise<string>; write(text: string): void };
  close(): Promise<void>;
}

export interface GnomeProgram {
  readonly pid: number;
  /** The part of the screen that its window covers, px. */
  readonly area: GnomeWindow['rect'];
  activate(): Promise<void>;
  close(): Promise<void>;
}

const START_MS = 60_000;
const LOOK_EVERY_MS = 50;
const DISPLAY = 'wayland-gnome';

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
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'SWAYSOCK']) delete process.env[name];
  Object.assign(process.env, environmentIn(folder));
  for (const name of ['bus', 'system-bus']) {
    writeFileSync(join(folder, `${name}.conf`), busForAll(join(folder, name)));
    run('dbus-daemon', `--config-file=${join(folder, `${name}.conf`)}`, '--nofork', '--nopidfile');
    await until(() => existsSync(join(folder, name)), `the bus ${name}`);
  }
  start(
    withoutSeats(
      asNobody([
        'gnome-shell',
        '--headless',
        '--unsafe-mode',
        '--no-x11',
        '--virtual-monitor',
        '1280x800',
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
  const user = await answered(() => openGnomeUser(bus), 'the remote desktop');
  await shell.leaveOverview();

  return {
    user,
    shell,
    folder,
    async open(command, appId) {
      const before = new Set((await shell.windows()).map(({ id }) => id));
      const child = run(...command);
      const { id, pid, rect } = await answered(async () => {
        const window = (await shell.windows()).find((one) => one.name === appId && !before.has(one.id));
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

/** Tries until it succeeds. Rejects with the last failure after a minute. */
async function answered<T>(ask: () => Promise<T>, what: string): Promise<T> {
  for (const untilMs = performance.now() + START_MS; ; await pause(LOOK_EVERY_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > untilMs)
        throw new Error(`${what} did not start within ${START_MS} ms.`, { cause: error });
    }
  }
}

/** Where it sees seats, the shell wants the login manager of the machine, which has none for it. */
const withoutSeats = (command: readonly string[]): readonly string[] =>
  existsSync(SEATS)
    ? ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run/systemd && exec "$@"', 'sh', ...command]
    : command;

const environmentIn = (folder: string): Readonly<Record<string, string>> => ({
  HOME: folder,
  XDG_RUNTIME_DIR: folder,
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_CACHE_HOME: join(folder, 'cache'),
  XDG_DATA_HOME: join(folder, 'data'),
  XDG_DATA_DIRS: '/usr/local/share:/usr/share',
  XDG_SESSION_TYPE: 'wayland',
  XDG_CURRENT_DESKTOP: 'GNOME',
  DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}`,
  DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${join(folder, 'system-bus')}`,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  LIBGL_ALWAYS_SOFTWARE: '1',
  NO_AT_BRIDGE: '0',
  GTK_A11Y: 'atspi',
  QT_LINUX_ACCESSIBILITY_ALWAYS_ON: '1',
  GDK_BACKEND: 'wayland',
  QT_QPA_PLATFORM: 'wayland',
  GSETTINGS_BACKEND: 'memory',
});
