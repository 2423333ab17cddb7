// The desktop that tests run on: an X server, a window manager, accessibility, a user, and programs.

import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cookieFile } from '../cookie.ts';
import { guardChildren } from '../guard.ts';
import { killAllAtHome, rememberEnvironment, startedHere, until } from '../started.ts';
import { openUser } from './user.ts';
import type { User } from './user.ts';

export interface Desk {
  readonly user: User;
  readonly folder: string;
  /** Starts a program and waits until its window of this class is there and active. */
  open(command: readonly string[], windowClass: string): Promise<Program>;
  /** Starts a program without a window. Gives the function that ends it. */
  run(command: readonly string[]): () => Promise<void>;
  xdotool(...args: readonly string[]): string;
  /** What is copied. */
  readonly copied: { read(): Promise<string>; write(text: string): void };
  close(): Promise<void>;
}

export interface Program {
  readonly windowId: string;
  readonly pid: number;
  activate(): Promise<void>;
  close(): Promise<void>;
}

const execute = promisify(execFile);
/** ibus's engine for a keyboard layout and nothing more. */
const PLAIN_ENGINE = 'xkb:us::eng';
/** A window that is there is not ready for keys at once. */
const READY_MS = 700;

/**
 * Sets the environment of this process, so that what is tested finds the desktop; `close` puts it back. With `untilExit`
 * the X server ends only with this process: Xlib, inside a package, ends any process whose server has gone. With
 * `inputMethod` ibus runs, and programs use it.
 */
export async function openDesk({ untilExit = false, inputMethod = false } = {}): Promise<Desk> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-desk-'));
  chmodSync(folder, 0o700);
  const restoreEnvironment = rememberEnvironment();
  const { start, kill, killAll } = startedHere();
  // Whoever runs the tests may be on Wayland.
  delete process.env['WAYLAND_DISPLAY'];
  const socket = join(folder, 'rfb');
  Object.assign(process.env, {
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    NO_AT_BRIDGE: '0',
    GTK_A11Y: 'atspi',
    QT_LINUX_ACCESSIBILITY_ALWAYS_ON: '1',
    GDK_BACKEND: 'x11',
    QT_QPA_PLATFORM: 'xcb',
    // An editor that was killed would ask at its next start whether to restore what it held.
    GSETTINGS_BACKEND: 'memory',
    ...(inputMethod && { GTK_IM_MODULE: 'ibus', QT_IM_MODULE: 'ibus', XMODIFIERS: '@im=ibus' }),
  });
  const cookies = join(folder, 'cookies');
  writeFileSync(cookies, cookieFile(), { mode: 0o600 });
  // Programs that still look for a display of the same number, now gone, would type here.
  process.env['XAUTHORITY'] = cookies;
  const options = `-auth ${cookies} -SecurityTypes None -rfbunixpath ${socket} -rfbport -1 -geometry 1280x800`;
  const server = spawn('Xtigervnc', ['-displayfd', '3', ...options.split(' ')], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  server.unref();
  const [number] = (await once(server.stdio[3]!, 'data')) as [Buffer];
  process.env['DISPLAY'] = `:${number.toString().trim()}`;
  const bus = start(['dbus-daemon', '--session', '--nofork', '--print-address=1'], ['ignore', 'pipe', 'ignore']);
  const [address] = (await once(bus.stdout!, 'data')) as [Buffer];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address.toString().trim();
  start(['xfwm4', '--compositor=off']);
  await until(() => existsSync(socket), 'the X server');
  await until(() => answers('get_num_desktops') !== '', 'the window manager');
  if (inputMethod) {
    start(['ibus-daemon', '--xim', '--panel', 'disable']);
    const buses = join(folder, 'config', 'ibus', 'bus');
    await until(() => existsSync(buses) && readdirSync(buses).length > 0, 'ibus');
    // As the panel does on a desktop that shows one.
    await until(() => isDone('ibus', 'engine', PLAIN_ENGINE), "ibus's engine");
  }
  const user = await openUser(socket);

  async function open(command: readonly string[], windowClass: string): Promise<Program> {
    const child = start(command);
    let windowId = '';
    await until(
      () => (windowId = answers('search', '--onlyvisible', '--class', windowClass).split('\n').at(-1)!) !== '',
      command[0]!,
    );
    const activate = async (): Promise<void> => {
      xdotool('windowactivate', '--sync', windowId);
      await pause(READY_MS);
    };
    await activate();
    // Java does not tell it.
    const pid = Number(answers('getwindowpid', windowId)) || child.pid!;
    return { windowId, pid, activate, close: () => kill(child) };
  }

  return {
    user,
    folder,
    open,
    run(command) {
      const child = start(command);
      return () => kill(child);
    },
    xdotool,
    copied: {
      // Not synchronously: it may be this process that is asked.
      read: async () => (await execute('xclip', ['-selection', 'clipboard', '-o'])).stdout,
      write: (input) =>
        void execFileSync('xclip', ['-selection', 'clipboard', '-i'], { input, stdio: ['pipe', 'ignore', 'ignore'] }),
    },
    async close() {
      user.close();
      await killAll();
      if (!untilExit) await kill(server);
      restoreEnvironment();
      killAllAtHome(folder, untilExit ? server.pid : undefined);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function xdotool(...args: readonly string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function isDone(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** Empty when there is no answer yet. */
function answers(...args: readonly string[]): string {
  try {
    return xdotool(...args);
  } catch {
    // It is asked again until it answers.
    return '';
  }
}
