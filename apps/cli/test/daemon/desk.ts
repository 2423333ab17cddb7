// The desktop that tests of the daemon run on: a display, a session bus, accessibility, a window manager, an editor.

import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { missingForDisplay, openVirtualDisplay } from '@voiceinput/rig/display';
import { missingPrograms } from '@voiceinput/rig/programs';
import { missingForSoundRig, openSoundRig } from '@voiceinput/rig/sound';
import type { SoundRig } from '@voiceinput/rig/sound';

/** Why tests on a desktop cannot run here, as a sentence; absent when they can. */
export function missingForDesk(): string | undefined {
  return (
    missingForSoundRig('parecord') ??
    missingForDisplay() ??
    missingPrograms('dbus-daemon', '/usr/libexec/at-spi-bus-launcher', 'xfwm4', 'xdotool', 'mousepad')
  );
}

export interface Desk {
  readonly sound: SoundRig;
  /** For every program that runs on it. */
  readonly env: Readonly<Record<string, string>>;
  /** Opens an editor with an empty file; it has the focus. */
  openEditor(): Promise<Editor>;
  /** By keysym, or by keycode where a keysym's two keys must be told apart. */
  key(action: 'keydown' | 'keyup', name: string): Promise<void>;
  /** Ends the display as a crash would. */
  killDisplay(): Promise<void>;
  close(): Promise<void>;
}

export interface Editor {
  /** What the editor shows: it is asked to save. */
  text(): Promise<string>;
  focus(): Promise<void>;
  close(): Promise<void>;
}

const LONGEST_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** The right Ctrl key of every X server's usual keyboard. */
export const RIGHT_CONTROL = '105';

export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-desk-'));
  const run = join(folder, 'run');
  mkdirSync(run, { mode: 0o700 });
  const sound = await openSoundRig();
  const children: ChildProcess[] = [];

  const display = await openVirtualDisplay();
  const env = {
    ...sound.env,
    DISPLAY: display.name,
    XDG_RUNTIME_DIR: run,
    XDG_SESSION_TYPE: 'x11',
    WAYLAND_DISPLAY: '',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(run, 'bus')}`,
    GTK_MODULES: 'gail:atk-bridge',
    GSETTINGS_BACKEND: 'memory',
    LC_ALL: 'C.UTF-8',
  };
  const start = (program: string, ...args: string[]): ChildProcess => {
    const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env, HOME: folder } });
    children.push(child);
    return child;
  };
  start('dbus-daemon', '--session', `--address=${env.DBUS_SESSION_BUS_ADDRESS}`, '--nofork', '--nopidfile');
  await until('a session bus', () => existsSync(join(run, 'bus')));
  start('xfwm4');
  const xdotool = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('xdotool', args, { env: { ...process.env, ...env } })).stdout.trim();
  await until('a window manager', () => xdotool('get_num_desktops').then(Boolean, () => false));
  let count = 0;

  return {
    sound,
    env,
    async openEditor() {
      count += 1;
      const path = join(folder, `text-${count}.txt`);
      writeFileSync(path, '');
      const child = start('mousepad', '--disable-server', path);
      const window = await windowOf(xdotool, child);
      const focus = async (): Promise<void> => void (await xdotool('windowactivate', '--sync', window));
      await focus();
      await sleep(500);
      return {
        focus,
        async text() {
          await focus();
          await xdotool('key', '--clearmodifiers', 'ctrl+s');
          // The title begins with a star until all is saved.
          await until('the text saved', async () => !(await xdotool('getwindowname', window)).startsWith('*'));
          return readFileSync(path, 'utf8').trimEnd();
        },
        async close() {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          await gone;
        },
      };
    },
    key: async (action, name) => void (await xdotool(action, name)),
    killDisplay: () => display.close(),
    async close() {
      for (const child of children.toReversed()) child.kill('SIGKILL');
      await display.close();
      await sound.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function windowOf(xdotool: (...args: string[]) => Promise<string>, child: ChildProcess): Promise<string> {
  let window = '';
  await until('a window of the editor', async () => {
    const found = await xdotool('search', '--onlyvisible', '--pid', String(child.pid)).catch(() => '');
    window = found.split('\n').at(-1) ?? '';
    return window !== '';
  });
  return window;
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const untilMs = performance.now() + LONGEST_MS; performance.now() < untilMs; await sleep(LOOK_EVERY_MS)) {
    if (await holds()) return;
  }
  throw new Error(`There was never ${what}.`);
}
