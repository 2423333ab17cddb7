// How tests see what the icon program was told, and click in it.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Place } from '../../src/indicator/systray/place.ts';
import type { Slot } from '../../src/indicator/systray/slots.ts';

interface Told {
  readonly pid: number;
  readonly folder: string;
  readonly menu: {
    readonly icon: string;
    readonly title: string;
    readonly tooltip: string;
    readonly items: readonly Slot[];
  };
}

/** A menu as its user sees it: titles, `✓` before a ticked one, `(…)` around one that cannot be chosen, submenus as lists. */
export type Seen = readonly (string | readonly [title: string, items: Seen])[];

export interface IconPrograms {
  readonly place: Place;
  /** Process ids of all that were started, in order. */
  readonly pids: readonly number[];
  readonly isRemoved: () => boolean;
  /** What the first program was told first. */
  first(): Told | undefined;
  /** What the newest program was told. */
  told(): Told | undefined;
  menu(): Seen;
  slot(...titles: readonly string[]): Slot;
  /** `title`: under which the user saw it; absent: the one that it has. */
  click(slot: Slot, title?: string): void;
  close(): Promise<void>;
}

const program = fileURLToPath(new URL('program.mjs', import.meta.url));

export async function openIconPrograms(temper = 'sound'): Promise<IconPrograms> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-icon-'));
  const path = join(folder, 'test.sock');
  const sockets: Socket[] = [];
  const pids: number[] = [];
  let first: Told | undefined;
  let newest: Told | undefined;
  let isRemoved = false;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    createInterface({ input: socket }).on('line', (line) => {
      const told = JSON.parse(line) as Told;
      first ??= told;
      if (!pids.includes(told.pid)) pids.push(told.pid);
      if (told.pid === pids.at(-1)) newest = told;
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));

  return {
    place: {
      command: [process.execPath, program, path, temper],
      folder,
      remove: async () => void (isRemoved = true),
    },
    pids,
    isRemoved: () => isRemoved,
    first: () => first,
    told: () => newest,
    menu: () => seen(newest?.menu.items ?? []),
    slot(...titles) {
      const found = titles.reduce<Pick<Slot, 'items'> | undefined>(
        (parent, title) => parent?.items.find((slot) => !slot.hidden && slot.title === title),
        newest?.menu,
      );
      if (found === undefined) throw new Error(`There is no ${titles.join(' > ')}.`);
      return found as Slot;
    },
    click: ({ __id: id }, title) => void sockets.at(-1)!.write(`${JSON.stringify({ id, title })}\n`),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

function seen(slots: readonly Slot[]): Seen {
  return slots
    .filter(({ hidden }) => !hidden)
    .map(({ title, enabled, checked, items }) => {
      if (items.length > 0) return [title, seen(items)] as const;
      return `${checked ? '✓ ' : ''}${enabled ? title : `(${title})`}`;
    });
}
