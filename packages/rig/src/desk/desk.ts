// The desktop that tests run on: an X server, a window manager, accessibility, a user, and programs.

import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { guardChildren } from '../guard.ts';
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
const START_MS = 15_000;
const LOOK_EVERY_MS = 50;
/** A window that is there is not ready for keys at once. */
const READY_MS = 700;

/**
 * Sets the environment of this process, so that what is tested finds the desktop; `close` puts it back. With `untilExit`
 * the X server ends only with this process: Xlib, inside a package, ends any process whose server has gone.
 */
export async function openDesk({ untilExit = false } = {}): Promise<Desk> {
  guardChildren();
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-desk-'));
  chmodSync(folder, 0o700);
  const former = { ...process.env };
  const children: ChildProcess[] = [];
  const start = (command: string, args: readonly string[], stdio: StdioOptions = 'ignore'): ChildProcess => {
    const child = spawn(command, args, { stdio, detached: true });
    children.push(child);
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  };

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
  });
  const cookies = join(folder, 'cookies');
  writeFileSync(cookies, cookieFile(randomBytes(16)), { mode: 0o600 });
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
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], ['ignore', 'pipe', 'ignore']);
  const [address] = (await once(bus.stdout!, 'data')) as [Buffer];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address.toString().trim();
  start('xfwm4', ['--compositor=off']);
  await until(() => existsSync(socket), 'the X server');
  await until(() => answers('get_num_desktops') !== '', 'the window manager');
  const user = await openUser(socket);

  async function open([command = '', ...args]: readonly string[], windowClass: string): Promise<Program> {
    const child = start(command, args);
    let windowId = '';
    await until(
      () => (windowId = answers('search', '--onlyvisible', '--class', windowClass).split('\n').at(-1)!) !== '',
      command,
    );
    const activate = async (): Promise<void> => {
      xdotool('windowactivate', '--sync', windowId);
      await pause(READY_MS);
    };
    await activate();
    return { windowId, pid: Number(xdotool('getwindowpid', windowId)), activate, close: () => kill(child) };
  }

  return {
    user,
    folder,
    open,
    run([command = '', ...args]) {
      const child = start(command, args);
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
      for (const child of children.toReversed()) await kill(child);
      if (!untilExit) await kill(server);
      for (const name of Object.keys(process.env)) if (!(name in former)) delete process.env[name];
      Object.assign(process.env, former);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One cookie for every display: family Wild, then address, display, name and value (libXau, Xauth.h). */
function cookieFile(cookie: Buffer): Buffer {
  const WILD = 0xffff;
  const number = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const fields = ['', '', 'MIT-MAGIC-COOKIE-1', cookie].map((field) => Buffer.from(field));
  return Buffer.concat([number(WILD), ...fields.flatMap((field) => [number(field.length), field])]);
}

function xdotool(...args: readonly string[]): string {
  return execFileSync('xdotool', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
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

async function until(isThere: () => boolean, what: string): Promise<void> {
  const untilMs = performance.now() + START_MS;
  while (!isThere()) {
    if (performance.now() > untilMs) throw new Error(`${what} did not start within ${START_MS} ms.`);
    await pause(LOOK_EVERY_MS);
  }
}
