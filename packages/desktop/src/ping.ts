// Whether an application has come so far in its events, as window managers ask it (EWMH, _NET_WM_PING).

import { setTimeout as sleep } from 'node:timers/promises';
import type { XEvent } from 'x11';
import x11 from 'x11';
import type { Connection } from './connection.ts';
import { property } from './windows.ts';

export interface Pings {
  /**
   * Settles once the application of `windowId` has handled all events that it was sent before. `unable`: it does not
   * answer such questions, or the window is gone. Waits as long as it takes; rejects when `signal` is aborted.
   */
  answered(windowId: number, signal: AbortSignal): Promise<'answered' | 'unable'>;
}

/** A window that is gone answers nothing. */
const LOOK_EVERY_MS = 1_000;
/** Window managers ask with the time of the server, which is far from these at first. */
const FIRST_NUMBER = 0x7000_0000;

export async function openPings(connection: Connection): Promise<Pings> {
  const { client, root, atom } = connection;
  const [protocols, ping] = await Promise.all([atom('WM_PROTOCOLS'), atom('_NET_WM_PING')]);
  const waiting = new Map<number, () => void>();
  let last = FIRST_NUMBER;

  client.on('event', ({ name, message_type: type, data = [] }: XEvent) => {
    if (name === 'ClientMessage' && type === protocols && data[0] === ping) waiting.get(data[1]!)?.();
  });

  async function canAnswer(windowId: number): Promise<boolean> {
    const names = await property(connection, windowId, 'WM_PROTOCOLS');
    return Array.from({ length: Math.floor(names.length / 4) }, (_, index) => names.readUInt32LE(4 * index)).includes(
      ping,
    );
  }

  /** Answers go to the root window: GTK's to who hears of its children, Qt 5's to who hears of itself. */
  function listen(isListening: boolean): void {
    const { StructureNotify, SubstructureNotify } = x11.eventMask;
    client.ChangeWindowAttributes(root, { eventMask: isListening ? StructureNotify | SubstructureNotify : 0 });
  }

  async function answer(windowId: number, number: number, signal: AbortSignal): Promise<'answered' | 'unable'> {
    const answering = new Promise<'answered'>((resolve) => waiting.set(number, () => resolve('answered')));
    listen(true);
    client.SendClientMessage(windowId, windowId, protocols, 32, [ping, number, windowId, 0, 0], 0);
    await client.flush();
    for (;;) {
      const known = await Promise.race([answering, sleep(LOOK_EVERY_MS, undefined, { signal })]);
      if (known !== undefined) return known;
      if (!(await canAnswer(windowId))) return 'unable';
    }
  }

  return {
    async answered(windowId, signal) {
      signal.throwIfAborted();
      if (!(await canAnswer(windowId))) return 'unable';
      const number = (last += 1);
      try {
        return await answer(windowId, number, signal);
      } finally {
        waiting.delete(number);
        if (waiting.size === 0) listen(false);
      }
    },
  };
}
