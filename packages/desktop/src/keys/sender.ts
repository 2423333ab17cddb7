// The way by which keys go to the display: a connection of their own, which outlives the process that writes to it.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { XTest } from 'x11';
import { ask, openConnection } from '../connection.ts';
import { noteSent } from './sent.ts';

export interface KeySender {
  /** Goes out with the next `flush` or `sync`. */
  press(keycode: number, down: boolean): void;
  /** Everything since the last one in one write. */
  flush(): Promise<void>;
  /** Waits until the display has done what was sent. Rejects with `ERR_DISPLAY_MISSING`. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Waits until nobody holds the other end of its input, then a little: a display reads 4 KiB at a time, and when it finds
 * the sender gone it drops the rest, be it between a key's press and its release.
 */
const HOLD = 'trap "" HUP INT TERM; read -r _; sleep 2';

/** To the display of that name. Rejects with `ERR_DISPLAY_MISSING`. */
export async function openKeySender(display: string, signal: AbortSignal): Promise<KeySender> {
  const { client, whileThere, close } = await openConnection(signal, display);
  const test = await ask<XTest>((answer) => client.require('xtest', answer));
  const holder = holdOpen(client.stream);
  return {
    press(keycode, down) {
      noteSent(display, keycode, down);
      test.FakeInput(down ? test.KeyPress : test.KeyRelease, keycode, 0, 0, 0, 0);
    },
    flush: () => client.flush(),
    sync: () => whileThere(() => client.sync()),
    async close() {
      holder.kill('SIGKILL');
      await close();
    },
  };
}

function holdOpen(socket: Socket): ChildProcess {
  const holder = spawn('sh', ['-c', HOLD], { stdio: ['pipe', 'ignore', 'ignore', socket] });
  // Node stops reading what it shares with a child.
  socket.resume();
  holder.unref();
  // Without it keys are sent all the same.
  holder.on('error', () => undefined);
  const input = holder.stdin as Socket;
  input.on('error', () => undefined);
  input.unref();
  return holder;
}
