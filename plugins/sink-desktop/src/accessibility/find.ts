// Which field of an application has the focus, and what can be done with it.

import type { Accessible, Connection } from './connection.ts';
import { Field } from './field.ts';
import { toolkitNamed } from './toolkit.ts';

const ACCESSIBLE = 'org.a11y.atspi.Accessible';
const ROOT_PATH = '/org/a11y/atspi/accessible/root';
const DESKTOP: Accessible = { owner: 'org.a11y.atspi.Registry', path: ROOT_PATH };
const BUS: Accessible = { owner: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };

/** Bits of AtspiStateType. */
const State = { editable: 7, focused: 12, singleLine: 26 } as const;
/** AtspiRole. */
const Role = { passwordText: 40, terminal: 60 } as const;

const MOST_OBJECTS = 4_000;
const MOST_MS = 600;

/** What has the focus: a field that can be written to, or why not. */
export type Found =
  | { readonly kind: 'field'; readonly field: Field }
  | {
      readonly kind: 'other';
      readonly isTerminal: boolean;
      readonly isPassword: boolean;
      readonly appName: string;
      readonly focus: string;
    };

/** The applications on the bus that belong to a process. */
export async function applicationsOf(pid: number, connection: Connection): Promise<readonly Accessible[]> {
  const applications = await childrenOf(DESKTOP, connection);
  const pids = await Promise.all(applications.map((application) => pidOf(application, connection)));
  return applications.filter((_, index) => pids[index] === pid);
}

export async function pidOf({ owner }: Accessible, connection: Connection): Promise<number | undefined> {
  const call = {
    interface: 'org.freedesktop.DBus',
    member: 'GetConnectionUnixProcessID',
    signature: 's',
    body: [owner],
  };
  return connection.call(BUS, call).then(
    ([pid]) => Number(pid),
    // An application that went away since it was listed.
    () => undefined,
  );
}

export async function hasFocus(object: Accessible, connection: Connection): Promise<boolean> {
  return (await statesOf(object, connection)).has(State.focused);
}

/**
 * Walks an application's objects breadth first, for little more than half a second. In Qt the tab around a text has the
 * focus, too: what can be edited wins, then what lies deepest.
 */
export async function findFocused(application: Accessible, connection: Connection): Promise<Accessible | undefined> {
  const untilMs = performance.now() + MOST_MS;
  let row: readonly Accessible[] = [application];
  let deepest: Accessible | undefined;
  for (let seen = 0; row.length > 0 && seen < MOST_OBJECTS && performance.now() < untilMs; seen += row.length) {
    // An object that went away meanwhile has neither states nor children.
    const states = await Promise.all(row.map((object) => statesOf(object, connection).catch(() => NO_STATES)));
    const focused = row.filter((_, index) => states[index]!.has(State.focused));
    const edited = row.find((_, index) => states[index]!.has(State.focused) && states[index]!.has(State.editable));
    if (edited !== undefined) return edited;
    deepest = focused[0] ?? deepest;
    const children = await Promise.all(row.map((object) => childrenOf(object, connection).catch(() => [])));
    row = children.flat();
  }
  return deepest;
}

/** What `object` is, asked all at once. */
export async function lookAt(object: Accessible, connection: Connection): Promise<Found> {
  const application: Accessible = { owner: object.owner, path: ROOT_PATH };
  const parent = connection.property(object, ACCESSIBLE, 'Parent').then(
    (value) => roleOf(toAccessible(value), connection),
    () => undefined,
  );
  const [states, role, interfaces, toolkitName, name] = await Promise.all([
    statesOf(object, connection),
    roleOf(object, connection),
    connection.call(object, { interface: ACCESSIBLE, member: 'GetInterfaces' }),
    connection.property(application, 'org.a11y.atspi.Application', 'ToolkitName').catch(() => undefined),
    connection.property(application, ACCESSIBLE, 'Name'),
  ]);
  const isPassword = role === Role.passwordText || (await parent) === Role.passwordText;
  const appName = String(name);
  const toolkit = toolkitNamed(toolkitName);
  const isEditable = states.has(State.editable) && JSON.stringify(interfaces).includes('.EditableText');
  if (toolkit === undefined || !isEditable || role === Role.terminal) {
    const focus = `${object.owner} ${object.path}`;
    return { kind: 'other', isTerminal: role === Role.terminal, isPassword, appName, focus };
  }
  const traits = { appName, isPassword, isSingleLine: states.has(State.singleLine) };
  return { kind: 'field', field: new Field(connection, object, { toolkit, traits }) };
}

interface States {
  has(bit: number): boolean;
}

const NO_STATES: States = { has: () => false };

async function statesOf(object: Accessible, connection: Connection): Promise<States> {
  const [words] = await connection.call(object, { interface: ACCESSIBLE, member: 'GetState' });
  const bits = Array.isArray(words) ? words.map(Number) : [];
  return { has: (bit) => (((bits[bit >> 5] ?? 0) >>> (bit & 31)) & 1) === 1 };
}

async function roleOf(object: Accessible | undefined, connection: Connection): Promise<number | undefined> {
  if (object === undefined) return undefined;
  const [role] = await connection.call(object, { interface: ACCESSIBLE, member: 'GetRole' });
  return Number(role);
}

async function childrenOf(object: Accessible, connection: Connection): Promise<readonly Accessible[]> {
  const [children] = await connection.call(object, { interface: ACCESSIBLE, member: 'GetChildren' });
  return Array.isArray(children) ? children.flatMap((child: unknown) => toAccessible(child) ?? []) : [];
}

function toAccessible(value: unknown): Accessible | undefined {
  if (!Array.isArray(value)) return undefined;
  const [owner, path] = value as readonly unknown[];
  return typeof owner === 'string' && typeof path === 'string' && !path.endsWith('/null') ? { owner, path } : undefined;
}
