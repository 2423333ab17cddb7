// Which field of an application has the focus, and what can be done with it.

import type { FieldKind } from '@voiceinput/plugin-api';
import type { Accessible, Connection } from './connection.ts';
import { Field } from './field.ts';
import { toolkitNamed } from './toolkit.ts';

const ACCESSIBLE = 'org.a11y.atspi.Accessible';
const ROOT_PATH = '/org/a11y/atspi/accessible/root';
const DESKTOP: Accessible = { owner: 'org.a11y.atspi.Registry', path: ROOT_PATH };
const BUS: Accessible = { owner: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };

/** Bits of AtspiStateType. */
const State = { active: 1, editable: 7, focused: 12, multiLine: 17, singleLine: 26 } as const;
/** AtspiRole. */
const Role = { passwordText: 40, terminal: 60 } as const;

const MOST_OBJECTS = 4_000;
const MOST_MS = 1_000;

/** What has the focus: a field that can be written to, or why not. */
export type Found =
  | { readonly kind: 'field'; readonly field: Field }
  | {
      readonly kind: 'other';
      /** Whether something in it may be a field that can be written to. */
      readonly mayHoldFields: boolean;
      readonly isTerminal: boolean;
      readonly isPassword: boolean;
      readonly appName: string;
      readonly focus: string;
      /** What the field is for, as far as it says. */
      readonly fieldKind?: FieldKind;
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

/** Whether a window says that it has the focus. */
export async function isActive(window: Accessible, connection: Connection): Promise<boolean> {
  return (await statesOf(window, connection)).has(State.active);
}

/** The window that says it has the focus, asked of all applications. Absent when none does. */
export async function activeWindow(connection: Connection): Promise<Accessible | undefined> {
  const applications = await childrenOf(DESKTOP, connection);
  const active = await Promise.all(
    applications.map(async (application) => {
      // One that does not answer shows nobody where the focus is.
      const windows = await childrenOf(application, connection).catch(() => []);
      const states = await Promise.all(windows.map((window) => isActive(window, connection).catch(() => false)));
      return windows.find((_, index) => states[index]);
    }),
  );
  return active.find((window) => window !== undefined);
}

/** The accessible name of the application that has this name on the bus. */
export async function applicationName(owner: string, connection: Connection): Promise<string> {
  return String(await connection.property({ owner, path: ROOT_PATH }, ACCESSIBLE, 'Name'));
}

/**
 * Walks an application's objects breadth first, for a second. In Qt the tab around a text has the
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
  const [states, role, interfaces, toolkitName, name, attributes] = await Promise.all([
    statesOf(object, connection),
    roleOf(object, connection),
    connection.call(object, { interface: ACCESSIBLE, member: 'GetInterfaces' }),
    connection.property(application, 'org.a11y.atspi.Application', 'ToolkitName').catch(() => undefined),
    connection.property(application, ACCESSIBLE, 'Name'),
    connection.call(object, { interface: ACCESSIBLE, member: 'GetAttributes' }).catch(() => []),
  ]);
  const fieldKind = fieldKindOf(attributes);
  const isPassword = [role, await parent].includes(Role.passwordText) || fieldKind === 'password';
  const appName = String(name);
  const toolkit = toolkitNamed(toolkitName, appName);
  const isEditable = states.has(State.editable) && JSON.stringify(interfaces).includes('.EditableText');
  if (toolkit === undefined || !isEditable || role === Role.terminal) {
    const focus = `${object.owner} ${object.path}`;
    const mayHoldFields = toolkit !== undefined && role !== Role.terminal;
    return {
      kind: 'other',
      mayHoldFields,
      isTerminal: role === Role.terminal,
      isPassword,
      appName,
      focus,
      ...(fieldKind && { fieldKind }),
    };
  }
  // Qt says which fields have several lines, and not which have one.
  const isSingleLine = states.has(State.singleLine) || (toolkit.tellsLines && !states.has(State.multiLine));
  const traits = { appName, isPassword, isSingleLine, ...(fieldKind && { fieldKind }) };
  return { kind: 'field', field: new Field(connection, object, { toolkit, traits }) };
}

/** The types of HTML's inputs that say what they are for; browsers tell them. */
const TOLD_KINDS: readonly FieldKind[] = ['search', 'url', 'email', 'number', 'tel', 'password'];

/** What a field says that it is for, in the answer to `GetAttributes`. Absent: it does not say, or it holds any text. */
export function fieldKindOf([attributes]: readonly unknown[]): FieldKind | undefined {
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  const { 'text-input-type': type, 'xml-roles': roles } = attributes as Readonly<Record<string, unknown>>;
  const isSearch = String(roles).split(' ').includes('searchbox');
  return TOLD_KINDS.find((kind) => kind === type) ?? (isSearch ? 'search' : undefined);
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
