// Which window has the focus, and what it is.

import { ask } from './connection.ts';
import type { Connection } from './connection.ts';

export interface ActiveWindow {
  readonly windowId: number;
  readonly pid?: number;
  /** WM_CLASS: instance, then class (https://tronche.com/gui/x/icccm/sec-4.html#s-4.1.2.5). */
  readonly names: readonly string[];
}

const ANY_TYPE = 0;
const MOST_WORDS = 1_000;

/** Absent when no window has the focus, or the window manager does not tell (https://specifications.freedesktop.org/wm-spec). */
export async function activeWindow(connection: Connection): Promise<ActiveWindow | undefined> {
  const { root } = connection;
  const windowId = numberIn(await property(connection, root, '_NET_ACTIVE_WINDOW'));
  if (windowId === undefined || windowId === 0) return undefined;
  const [pid, names] = await Promise.all([
    property(connection, windowId, '_NET_WM_PID').then(numberIn),
    property(connection, windowId, 'WM_CLASS'),
  ]);
  const words = names.toString('latin1').split('\0').filter(Boolean);
  return { windowId, names: words, ...(pid !== undefined && { pid }) };
}

/** Empty when the window has none, or is gone. */
export async function property({ client, atom }: Connection, windowId: number, name: string): Promise<Buffer> {
  const id = await atom(name);
  try {
    const { data } = await ask<{ data: Buffer }>((answer) =>
      client.GetProperty(0, windowId, id, ANY_TYPE, 0, MOST_WORDS, answer),
    );
    return data;
  } catch {
    return Buffer.alloc(0);
  }
}

function numberIn(data: Buffer): number | undefined {
  return data.length >= 4 ? data.readUInt32LE(0) : undefined;
}
