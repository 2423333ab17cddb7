// What is kept about the accessibility of the desktop: who had the focus last, and which fields we write to.

import { setTimeout as pause } from 'node:timers/promises';
import type { ActiveWindow } from '@voiceinput/desktop';
import { connect } from './connection.ts';
import type { Accessible, Connection } from './connection.ts';
import { subscribe } from './events.ts';
import type { Field } from './field.ts';
import { applicationsOf, findFocused, hasFocus, lookAt, pidOf } from './find.ts';
import type { Found } from './find.ts';
import { accessibleWindows } from './windows.ts';

export interface Accessibility {
  /** Absent when no window that takes part in accessibility has the focus. Only where it was opened without a display. */
  activeWindow(): Promise<ActiveWindow | undefined>;
  /** What has the focus in the windows of a process. Absent: the process does not take part in accessibility. */
  focusedIn(pid: number, signal: AbortSignal): Promise<Found | undefined>;
  readonly alive: boolean;
  close(): void;
}

/** Fields whose changes are followed; the one that was used longest ago goes first. */
const MOST_FIELDS = 32;

/**
 * An application whose fields could be written to is given so long to say which one has the focus: some make another object
 * of a text whenever it changes, and tell late. What is pasted there instead could not be mended.
 */
const MOST_WAIT_MS = 600;
const LOOK_EVERY_MS = 50;

export interface AccessibilityOptions {
  /** Whether it has to say which window has the focus, and when its fields were typed into: there is no display that does. */
  readonly withoutDisplay?: boolean;
}

/** Absent where the session has no accessibility bus. */
export async function openAccessibility(
  signal: AbortSignal,
  { withoutDisplay = false }: AccessibilityOptions = {},
): Promise<Accessibility | undefined> {
  const connection = await connect(signal);
  if (connection === undefined) return undefined;
  const fields = new Map<string, Field>();
  /** The last focused object of each application, newest last. */
  const focused = new Map<string, Accessible>();
  /** Processes in whose fields a dictation began. */
  const pids = new Set<number>();
  const windows = accessibleWindows(connection);

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
      windows.gone(owner);
      for (const [key, { object }] of fields) if (object.owner === owner) fields.delete(key);
    },
    ...(withoutDisplay && {
      focus: {
        activated: (window) => windows.activated(window),
        caretMoved: (object) => fields.get(keyOf(object))?.hearCaret(),
      },
    }),
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

  async function focusedNow(pid: number): Promise<Found | undefined> {
    const object = (await rememberedFocus(pid, focused, connection!)) ?? (await searchedFocus(pid, connection!));
    if (object === undefined) return undefined;
    if (!focused.has(object.owner)) focused.set(object.owner, object);
    const found = await known(object);
    if (found.kind === 'field' || !found.mayHoldFields) return found;
    // What is around a text may have the focus, too.
    const inside = await findFocused(object, connection!).catch(() => undefined);
    return inside === undefined || keyOf(inside) === keyOf(object) ? found : known(inside);
  }

  return {
    activeWindow: () => windows.now(),
    async focusedIn(pid, abort) {
      const untilMs = performance.now() + MOST_WAIT_MS;
      for (;;) {
        const found = await focusedNow(pid);
        abort.throwIfAborted();
        if (found?.kind === 'field') pids.add(pid);
        if (found?.kind === 'field' || !pids.has(pid) || performance.now() > untilMs) return found;
        await pause(LOOK_EVERY_MS);
      }
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
