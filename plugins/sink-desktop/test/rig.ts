// Decides the desktop that tests run on: an X server with a user who types through it, and the programs in it.

import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export const xdotool = (...args: string[]): string => execFileSync('xdotool', args, { encoding: 'utf8' }).trim();

export interface User {
  type(text: string, everyMs: () => number): Promise<void>;
  key(keysym: number, ...held: number[]): Promise<void>;
  click(x: number, y: number): Promise<void>;
  close(): void;
}

export const Key = {
  backspace: 0xff08,
  enter: 0xff0d,
  home: 0xff50,
  left: 0xff51,
  right: 0xff53,
  end: 0xff57,
  shift: 0xffe1,
  control: 0xffe3,
} as const;

/** A user with a keyboard of their own, over the RFB protocol (RFC 6143). */
export async function openUser(port: number): Promise<User> {
  const socket = createConnection(port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  const read = async (bytes: number): Promise<Buffer> => {
    for (;;) {
      const data: unknown = socket.read(bytes);
      if (Buffer.isBuffer(data)) return data;
      await once(socket, 'readable');
    }
  };
  await read(12);
  socket.write('RFB 003.008\n');
  const [kinds = 0] = await read(1);
  await read(kinds);
  socket.write(Buffer.from([1]));
  await read(4);
  socket.write(Buffer.from([1]));
  const init = await read(24);
  await read(init.readUInt32BE(20));
  socket.resume();

  function press(keysym: number, down: boolean): void {
    const message = Buffer.alloc(8);
    message[0] = 4;
    message[1] = down ? 1 : 0;
    message.writeUInt32BE(keysym, 4);
    socket.write(message);
  }
  function point(x: number, y: number, buttons: number): void {
    const message = Buffer.alloc(6);
    message[0] = 5;
    message[1] = buttons;
    message.writeUInt16BE(x, 2);
    message.writeUInt16BE(y, 4);
    socket.write(message);
  }
  return {
    async type(text, everyMs) {
      for (const character of text) {
        press(character.codePointAt(0)!, true);
        press(character.codePointAt(0)!, false);
        await pause(everyMs());
      }
    },
    async key(keysym, ...held) {
      for (const one of held) press(one, true);
      press(keysym, true);
      press(keysym, false);
      for (const one of held.toReversed()) press(one, false);
      await pause(60);
    },
    async click(x, y) {
      for (const buttons of [0, 1, 0]) point(x, y, buttons);
      await pause(100);
    },
    close: () => socket.destroy(),
  };
}

/** Starts a program and waits for its window to be there and active. */
export async function openWindow(command: string, args: readonly string[], search: readonly string[]) {
  const child: ChildProcess = spawn(command, args, { stdio: 'ignore', detached: true });
  for (let tries = 0; tries < 100; tries += 1) {
    await pause(100);
    let id = '';
    try {
      id = xdotool('search', '--onlyvisible', ...search)
        .split('\n')
        .at(-1)!;
    } catch {
      continue;
    }
    xdotool('windowactivate', '--sync', id);
    await pause(700);
    return { id, child, close: () => void process.kill(-child.pid!, 'SIGKILL') };
  }
  throw new Error(`${command} did not open a window.`);
}
