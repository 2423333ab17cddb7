// The Wayland desktop that tests run on: sway without a screen, accessibility, a user, and programs.

import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openUser } from '../desk/user.ts';
import type { User } from '../desk/user.ts';
import { guardChildren } from '../guard.ts';
import { asNobody, busForAll, theirs } from '../nobody.ts';
import { killAllAtHome, rememberEnvironment, startedHere, until } from '../started.ts';
import { focusedIn, windowsIn } from './tree.ts';
import type { SwayWindow } from './tree.ts';

export interface Sway {
  readonly user: User;
  /** The home of all programs; this process can read it. */
  readonly folder: string;
  /** Starts a program and waits until its window with this `app_id` is there and has the focus. */
  open(command: readonly string[], appId: string): Promise<SwayProgram>;
  /** A file of its own for a program to save to: empty. */
  file(name: string): string;
  /** Gives a file or folder that this process made to the programs. */
  own(path: string): void;
  /** What swaymsg answers. */
  message(...args: readonly string[]): string;
  /** Writes a picture of the screen, a PNG. */
  look(path: string): Promise<void>;
  /** What is copied. */
  readonly copied: { read(): Promise<string>; write(text: string): void };
  close(): Promise<void>;
}

export interface SwayProgram {
  readonly pid: number;
  /** The part of the screen that its window covers, px. */
  readonly area: SwayWindow['rect'];
  /** What stands in its title now. */
  title(): string;
  activate(): Promise<void>;
  close(): Promise<void>;
}

export interface SwayOptions {
  /** Lines of its configuration, beside those of the rig. */
  readonly configuration?: string;
  /** Whether windows of X11 can be opened, too. */
  readonly xwayland?: boolean;
}

const execute = promisify(execFile);
const LOOK_EVERY_MS = 20;

const swayConfiguration = ({ configuration = '', xwayland = false }: SwayOptions): string =>
  [
    `xwayland ${xwayland ? 'enable' : 'disable'}`,
    'output HEADLESS-1 resolution 1280x800',
    'workspace_layout tabbed',
    'default_border none',
    configuration,
  ].join('\n');

/**
 * Sets the environment of this process, so that what is tested finds the desktop; `close` puts it back. Where this process
 * is root, the desktop and its programs run as nobody.
 */
export async function openSway(options: SwayOptions = {}): Promise<Sway> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-sway-'));
  chmodSync(theirs(folder), 0o700);
  const restoreEnvironment = rememberEnvironment();
  const { start, kill, killAll } = startedHere();
  const run = (...command: readonly string[]) => start(asNobody(command));
  const bus = join(folder, 'bus');
  const vnc = join(folder, 'vnc');
  delete process.env['DISPLAY'];
  Object.assign(process.env, environmentIn(folder, bus));
  writeFileSync(join(folder, 'bus.conf'), busForAll(bus));
  writeFileSync(join(folder, 'sway.conf'), swayConfiguration(options));
  run('dbus-daemon', `--config-file=${join(folder, 'bus.conf')}`, '--nofork', '--nopidfile');
  await until(() => existsSync(bus), 'the message bus');
  run('sway', '-c', join(folder, 'sway.conf'));
  const inFolder = (name: RegExp): string | undefined => readdirSync(folder).find((one) => name.test(one));
  await until(() => inFolder(/^wayland-\d+$/) !== undefined && inFolder(/^sway-ipc\./) !== undefined, 'sway');
  process.env['WAYLAND_DISPLAY'] = inFolder(/^wayland-\d+$/)!;
  process.env['SWAYSOCK'] = join(folder, inFolder(/^sway-ipc\./)!);
  if (options.xwayland === true) await tellDisplay(join(folder, 'display'));
  run('wayvnc', '-u', vnc);
  await until(() => existsSync(vnc), 'the VNC server');
  const user = await openUser(vnc);

  async function open(command: readonly string[], appId: string): Promise<SwayProgram> {
    const before = new Set(windowsIn(message('-t', 'get_tree')).map(({ id }) => id));
    const child = run(...command);
    let window: SwayWindow | undefined;
    await until(() => {
      const windows = windowsIn(message('-t', 'get_tree'));
      return (window = windows.find(({ id, name }) => name === appId && !before.has(id))) !== undefined;
    }, command[0]!);
    const { id, pid, rect } = window!;
    const activate = async (): Promise<void> => {
      message(`[con_id=${id}]`, 'focus');
      while (focusedIn(message('-t', 'get_tree'))?.id !== id) await pause(LOOK_EVERY_MS);
    };
    await activate();
    const title = (): string => windowsIn(message('-t', 'get_tree')).find((one) => one.id === id)?.title ?? '';
    return { pid, area: rect, title, activate, close: () => kill(child) };
  }

  return {
    user,
    folder,
    open,
    file(name) {
      const path = join(folder, name);
      writeFileSync(path, '');
      return theirs(path);
    },
    own: (path) => void theirs(path),
    message,
    look: async (path) => void (await execute('grim', [path])),
    copied: {
      // Not synchronously: it may be this process that is asked.
      read: async () => (await execute('wl-paste', ['--no-newline'])).stdout,
      write: (input) => void execFileSync('wl-copy', ['--', input], { stdio: 'ignore' }),
    },
    async close() {
      user.close();
      await killAll();
      restoreEnvironment();
      killAllAtHome(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

const environmentIn = (folder: string, bus: string): Readonly<Record<string, string>> => ({
  HOME: folder,
  XDG_RUNTIME_DIR: folder,
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_CACHE_HOME: join(folder, 'cache'),
  XDG_DATA_HOME: join(folder, 'data'),
  XDG_SESSION_TYPE: 'wayland',
  XDG_CURRENT_DESKTOP: 'sway',
  DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}`,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  WLR_BACKENDS: 'headless',
  WLR_LIBINPUT_NO_DEVICES: '1',
  WLR_RENDERER: 'pixman',
  NO_AT_BRIDGE: '0',
  GTK_A11Y: 'atspi',
  QT_LINUX_ACCESSIBILITY_ALWAYS_ON: '1',
  GDK_BACKEND: 'wayland',
  QT_QPA_PLATFORM: 'wayland',
  GSETTINGS_BACKEND: 'memory',
});

/** sway tells only its own children where the windows of X11 are. */
async function tellDisplay(path: string): Promise<void> {
  const told = (): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');
  // Of this process, which may be another user.
  message('exec', `xhost +local: && echo $DISPLAY > ${path}`);
  await until(() => told() !== '', 'XWayland');
  process.env['DISPLAY'] = told();
}

function message(...args: readonly string[]): string {
  return execFileSync('swaymsg', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
