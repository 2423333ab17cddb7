// Which window has the focus where no display says so: by what applications tell of their windows.

import type { ActiveWindow } from '@voiceinput/desktop';
import type { Accessible, Connection } from './connection.ts';
import { activeWindow, applicationName, isActive, pidOf } from './find.ts';

export interface AccessibleWindows {
  /** A window got the focus. */
  activated(window: Accessible): void;
  /** An application went away. */
  gone(owner: string): void;
  /** Absent when no window that takes part in accessibility has the focus. */
  now(): Promise<ActiveWindow | undefined>;
}

/** Knows nothing before it is told, or asked. */
export function accessibleWindows(connection: Connection): AccessibleWindows {
  let latest: Accessible | undefined;
  /** Numbers that no window of X11 has. */
  const ids = new Map<string, number>();
  const programs = new Map<string, Promise<Omit<ActiveWindow, 'windowId'>>>();
  let lastId = 0;

  function idOf({ owner, path }: Accessible): number {
    const key = `${owner} ${path}`;
    const id = ids.get(key) ?? (lastId -= 1);
    ids.set(key, id);
    return id;
  }

  /** Names and process do not change while an application is on the bus. */
  function programOf({ owner }: Accessible): Promise<Omit<ActiveWindow, 'windowId'>> {
    const program = programs.get(owner) ?? askProgram(owner, connection);
    programs.set(owner, program);
    program.catch(() => programs.delete(owner));
    return program;
  }

  async function find(): Promise<Accessible | undefined> {
    if (latest !== undefined && (await isActive(latest, connection).catch(() => false))) return latest;
    return activeWindow(connection);
  }

  return {
    activated: (window) => void (latest = window),
    gone(owner) {
      programs.delete(owner);
      for (const key of ids.keys()) if (key.startsWith(`${owner} `)) ids.delete(key);
      if (latest?.owner === owner) latest = undefined;
    },
    async now() {
      latest = await find();
      return latest && { windowId: idOf(latest), ...(await programOf(latest)) };
    },
  };
}

async function askProgram(owner: string, connection: Connection): Promise<Omit<ActiveWindow, 'windowId'>> {
  const [pid, name] = await Promise.all([pidOf({ owner, path: '' }, connection), applicationName(owner, connection)]);
  return { names: name === '' ? [] : [name], ...(pid !== undefined && { pid }) };
}
