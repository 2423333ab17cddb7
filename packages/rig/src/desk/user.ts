// How a user with a keyboard and a mouse of their own acts: through the RFB protocol (RFC 6143).

import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface User {
  /** One character after the other, with a pause of `everyMs` after each. */
  type(text: string, everyMs?: () => number): Promise<void>;
  /** One key, by keysym, while others are held. */
  key(keysym: number, ...held: readonly number[]): Promise<void>;
  /** Holds a key, by keysym. Gives what lets go of it. */
  hold(keysym: number): Promise<() => Promise<void>>;
  click(x: number, y: number): Promise<void>;
  close(): void;
}

/** Keysyms. */
export const Key = {
  a: 0x61,
  c: 0x63,
  k: 0x6b,
  r: 0x72,
  x: 0x78,
  backspace: 0xff08,
  tab: 0xff09,
  enter: 0xff0d,
  home: 0xff50,
  left: 0xff51,
  shift: 0xffe1,
  control: 0xffe3,
  rightControl: 0xffe4,
} as const;

const AFTER_KEY_MS = 60;
const AFTER_CLICK_MS = 100;

export async function openUser(socketPath: string): Promise<User> {
  const socket = createConnection(socketPath);
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
  const beginning = await read(24);
  await read(beginning.readUInt32BE(20));
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
    async type(text, everyMs = () => 30) {
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
      await pause(AFTER_KEY_MS);
    },
    async hold(keysym) {
      press(keysym, true);
      await pause(AFTER_KEY_MS);
      return async () => {
        press(keysym, false);
        await pause(AFTER_KEY_MS);
      };
    },
    async click(x, y) {
      for (const buttons of [0, 1, 0]) point(x, y, buttons);
      await pause(AFTER_CLICK_MS);
    },
    close: () => socket.destroy(),
  };
}
