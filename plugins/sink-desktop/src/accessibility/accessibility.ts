// What is kept about the accessibility of the desktop: who had the focus last, and which fields we write to.

import { connect } from './connection.ts';
import type { Accessible, Connection } from './connection.ts';
import { subscribe } from './events.ts';
import type { Field } from './field.ts';
import { applicationsOf, findFocused, hasFocus, lookAt, pidOf } from './find.ts';
import type { Found } from './find.ts';

export interface Accessibility {
  /** What has the focus in the windows of a process. Absent: the process does not take part in accessibility. */
  focusedIn(pid: number, signal: AbortSignal): Promise<Found | undefined>;
  readonly alive: boolean;
  close(): void;
}

/** Fields whose changes are followed; the one that was used longest ago goes first. */
const MOST_FIELDS = 32;

/** Absent where the session has no accessibility bus. */
export async function openAccessibility(signal: AbortSignal): Promise<Accessibility | undefined> {
  const connection = await connect(signal);
  if (connection === undefined) return undefined;
  const fields = new Map<string, Field>();
  /** The last focused object of each application, newest last. */
  const focused = new Map<string, Accessible>();

  await subscribe(connection, {
    focused(object) {
      focused.delete(object.owner);
      focused.set(object.owner, object);
    },
    changed(object, told) {
      const field = fields.get(keyOf(object));
      if (field === undefined) return;
      field.hear(told);
    },
    gone(owner) {
      focused.delete(owner);
      for (const [key, { object }] of fields) if (object.owner === owner) fields.delete(key);
    },
  });

  async function known(object: Accessible): Promise<Found> {
    const key = keyOf(object);
    const field = fields.get(key);
    const found: Found = field === undefined ? await lookAt(object, connection!) : { kind: 'field', field };
    if (found.kind === 'field') remember(key, found.field);
    return found;
  }

  function remember(key: string, field: Field): void {
    fields.delete(key);
    fields.set(key, field);
    const [oldest] = fields.keys();
    if (fields.size > MOST_FIELDS && oldest !== undefined) fields.delete(oldest);
  }

  return {
    async focusedIn(pid, abort) {
      const object = (await rememberedFocus(pid, focused, connection)) ?? (await searchedFocus(pid, connection));
      abort.throwIfAborted();
      if (object === undefined) return undefined;
      if (!focused.has(object.owner)) focused.set(object.owner, object);
      return known(object);
    },
    get alive() {
      return connection.alive;
    },
    close: () => connection.close(),
  };
}

async function rememberedFocus(
  pid: number,
  focused: ReadonlyMap<string, Accessible>,
  connection: Connection,
): Promise<Accessible | undefined> {
  for (const object of [...focused.values()].toReversed()) {
    if ((await pidOf(object, connection)) !== pid) continue;
    if (await hasFocus(object, connection).catch(() => false)) return object;
  }
  return undefined;
}

async function searchedFocus(pid: number, connection: Connection): Promise<Accessible | undefined> {
  for (const application of await applicationsOf(pid, connection)) {
    const object = await findFocused(application, connection).catch(() => undefined);
    if (object !== undefined) return object;
  }
  return undefined;
}

/** What stands for an object in tables. */
export const keyOf = ({ owner, path }: Accessible): string => `${owner} ${path}`;
