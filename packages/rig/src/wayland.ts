// What GNOME and KWin of the tests have in common: their buses, their environment, and what a test does on them.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { User } from './desk/user.ts';
import { busForAll } from './nobody.ts';
import { until } from './started.ts';
import type { SwayWindow } from './sway/tree.ts';

export interface WaylandDesk {
  readonly user: User;
  /** The home of all programs; this process can read it. */
  readonly folder: string;
  /** Starts a program and waits until its window with this `app_id` is there and has the focus. */
  open(command: readonly string[], appId: string): Promise<WaylandProgram>;
  /** A file of its own for a program to save to: empty. */
  file(name: string): string;
  /** Writes a picture of the screen, a PNG. */
  look?(path: string): Promise<void>;
  /** What is copied. */
  readonly copied: { read(): Promise<string>; write(text: string): void };
  close(): Promise<void>;
}

export interface WaylandProgram {
  readonly pid: number;
  /** The part of the screen that its window covers, px. */
  readonly area: SwayWindow['rect'];
  activate(): Promise<void>;
  close(): Promise<void>;
}

const START_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** Tries until it succeeds. Rejects with the last failure after a minute. */
export async function answered<T>(ask: () => Promise<T>, what: string): Promise<T> {
  for (const untilMs = performance.now() + START_MS; ; await pause(LOOK_EVERY_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > untilMs)
        throw new Error(`${what} did not start within ${START_MS} ms.`, { cause: error });
    }
  }
}

/** A bus of the session and one of the system, which has no services. */
export async function startBuses(folder: string, run: (...command: readonly string[]) => unknown): Promise<void> {
  for (const name of ['bus', 'system-bus']) {
    writeFileSync(join(folder, `${name}.conf`), busForAll(join(folder, name)));
    run('dbus-daemon', `--config-file=${join(folder, `${name}.conf`)}`, '--nofork', '--nopidfile');
    await until(() => existsSync(join(folder, name)), `the bus ${name}`);
  }
}

/** For all programs of a desktop of Wayland whose home is `folder`. Takes away what leads to another one. */
export function environmentIn(folder: string): Readonly<Record<string, string>> {
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'SWAYSOCK']) delete process.env[name];
  return {
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_DATA_DIRS: '/usr/local/share:/usr/share',
    XDG_SESSION_TYPE: 'wayland',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}`,
    DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${join(folder, 'system-bus')}`,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    NO_AT_BRIDGE: '0',
    GTK_A11Y: 'atspi',
    QT_LINUX_ACCESSIBILITY_ALWAYS_ON: '1',
    GDK_BACKEND: 'wayland',
    QT_QPA_PLATFORM: 'wayland',
    GSETTINGS_BACKEND: 'memory',
  };
}
