// Which window has the focus, and what it is.

import type { PointerPlace } from 'x11';
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

/** Windows that a click does not take the focus away for, and that show nothing of an application. */
const NOTICES = ['_NET_WM_WINDOW_TYPE_NOTIFICATION', '_NET_WM_WINDOW_TYPE_DOCK'];
/** A window manager puts frames around windows. */
const MOST_FRAMES = 4;

/** Whether the pointer is over a notification or a panel. */
export async function isPointerOverNotice(connection: Connection): Promise<boolean> {
  const { client, root } = connection;
  const notices = await Promise.all(NOTICES.map((name) => connection.atom(name)));
  let [windowId, isNotice] = [root, false];
  for (let depth = 0; depth < MOST_FRAMES && !isNotice; depth += 1) {
    const { child } = await ask<PointerPlace>((answer) => client.QueryPointer(windowId, answer));
    if (child === 0) break;
    windowId = child;
    isNotice = notices.includes(numberIn(await property(connection, windowId, '_NET_WM_WINDOW_TYPE')) ?? 0);
  }
  return isNotice;
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
