// What a process that was killed has left of its keys on a display, and that the next one clears it away.

import { randomBytes } from 'node:crypto';
import type { Property } from 'x11';
import x11 from 'x11';
import { words } from '../clipboard/contents.ts';
import { ask } from '../connection.ts';
import type { Connection } from '../connection.ts';

export interface Traces {
  /** Notes that a spare key gives this character from now on. Goes out before whatever is sent next. */
  note(keycode: number, keysym: number): void;
  /** Notes that all keys are as they were. */
  forget(): void;
  close(): void;
}

/** On the root window, by process: pairs of keycode and keysym. The name ends with the process's window and token. */
const NAME = /^VOICEINPUT_LENT_KEYS_(?<windowId>\d+)_(?<token>\d+)$/;
/** On the process's own window, as long as it lives: a later window may get the same number. */
const ALIVE = 'VOICEINPUT_ALIVE';
const CARDINAL = 6;
const REPLACE = 0;
const APPEND = 2;
const MOST_WORDS = 10_000;

/** Clears away what dead processes left: `letGo` is called when there are any, for keys that they may hold. */
export async function openTraces(connection: Connection, letGo: () => Promise<void>): Promise<Traces> {
  const { client, root, atom } = connection;
  const alive = await atom(ALIVE);
  const windowId = client.AllocID();
  const token = randomBytes(4).readUInt32LE();
  const place = await atom(`VOICEINPUT_LENT_KEYS_${windowId}_${token}`);

  async function read(wid: number, property: number): Promise<readonly number[]> {
    const answered = ask<Property>((answer) => client.GetProperty(0, wid, property, 0, 0, MOST_WORDS, answer));
    // A window that is gone has no property.
    const { data } = await answered.catch(() => ({ data: Buffer.alloc(0) }));
    return Array.from({ length: Math.floor(data.length / 4) }, (_, index) => data.readUInt32LE(4 * index));
  }

  async function isDead(name: string): Promise<boolean> {
    const { groups } = NAME.exec(name) ?? {};
    if (groups === undefined) return false;
    const [known] = await read(Number(groups['windowId']), alive);
    return known !== Number(groups['token']);
  }

  async function clear(property: number): Promise<void> {
    const pairs = await read(root, property);
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      const [keycode, keysym] = [pairs[index]!, pairs[index + 1]!];
      const rows = await ask<readonly (readonly number[])[]>((answer) => client.GetKeyboardMapping(keycode, 1, answer));
      // Somebody may have given the key another meaning since.
      if (rows[0]?.includes(keysym)) client.ChangeKeyboardMapping(keycode, 1, [0]);
    }
    client.DeleteProperty(root, property);
  }

  client.CreateWindow(windowId, root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: x11.eventMask.PropertyChange });
  client.ChangeProperty(REPLACE, windowId, alive, CARDINAL, 32, words([token]));
  client.ChangeProperty(REPLACE, root, place, CARDINAL, 32, words([]));
  const properties = await ask<readonly number[]>((answer) => client.ListProperties(root, answer));
  const names = await Promise.all(
    properties.map((property) => ask<string>((answer) => client.GetAtomName(property, answer))),
  );
  const dead: number[] = [];
  for (const [index, name] of names.entries()) if (await isDead(name)) dead.push(properties[index]!);
  for (const property of dead) await clear(property);
  if (dead.length > 0) await letGo();
  await client.sync();

  return {
    note: (keycode, keysym) => client.ChangeProperty(APPEND, root, place, CARDINAL, 32, words([keycode, keysym])),
    forget: () => client.ChangeProperty(REPLACE, root, place, CARDINAL, 32, words([])),
    close: () => client.DeleteProperty(root, place),
  };
}
