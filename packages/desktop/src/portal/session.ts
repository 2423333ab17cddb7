// How one key is asked of the desktop, and when it is pressed and released.

import { Variant } from '@particle/dbus-next';
import type { Bus, Signal } from '../bus/bus.ts';
import { readCombination } from '../keys/combination.ts';
import type { Modifier } from '../keys/combination.ts';
import { isModifierName } from '../keys/keysym.ts';
import { FROM_PORTAL, PORTAL, register } from './identity.ts';
import { isUnknown, missing } from './missing.ts';
import { request, SHORTCUTS, tokenOf } from './request.ts';
import type { Results } from './request.ts';

const SESSION = 'org.freedesktop.portal.Session';
const SHORTCUT = 'dictate';
/** https://specifications.freedesktop.org/shortcuts-spec/latest/ */
const MODIFIER_NAMES: Readonly<Record<Modifier, string>> = {
  Control: 'CTRL',
  Alt: 'ALT',
  Shift: 'SHIFT',
  Super: 'LOGO',
};

export interface SessionPort {
  readonly bus: Bus;
  /** The key that is proposed, as X11 names it. The user may choose another. */
  readonly key: string;
  pressed(): void;
  released(): void;
  /** How the desktop describes the key, now and whenever the user changes it; empty while there is none. */
  described(key: string): void;
}

export interface Session {
  /** Settles when the portal ends it. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Asks for the key. Rejects with `ERR_DESKTOP` when the portal is missing, or refuses. */
export async function openSession(port: SessionPort, signal: AbortSignal): Promise<Session> {
  const { bus } = port;
  await register(bus);
  const path = await create(bus, signal);
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  // Before it is bound: the key may be pressed at once.
  const deaf = await bus.listen([FROM_PORTAL], (heard) => {
    if (heard.path === path && heard.interface === SESSION && heard.member === 'Closed') end();
    else if (heard.interface === SHORTCUTS && heard.body[0] === path) hear(heard, port);
  });
  async function close(): Promise<void> {
    deaf();
    await bus.call({ destination: PORTAL, path, interface: SESSION, member: 'Close' });
  }
  try {
    await bind(path, port, signal);
  } catch (error) {
    // It is over with the connection at the latest; why it failed is what counts.
    await close().catch(() => undefined);
    throw error;
  }
  return { ended, close };
}

function hear({ member, body }: Signal, { pressed, released, described }: SessionPort): void {
  const [, subject] = body;
  if (member === 'Activated' && subject === SHORTCUT) pressed();
  else if (member === 'Deactivated' && subject === SHORTCUT) released();
  else if (member === 'ShortcutsChanged') described(descriptionIn(subject));
}

async function create(bus: Bus, signal: AbortSignal): Promise<string> {
  const session = { session_handle_token: new Variant('s', tokenOf()) };
  const asked = { bus, member: 'CreateSession', signature: 'a{sv}' };
  try {
    const results = await request({ ...asked, body: (options) => [{ ...options, ...session }] }, signal);
    return String(results['session_handle']?.value);
  } catch (error) {
    throw isUnknown(error) ? missing(error) : error;
  }
}

async function bind(path: string, { bus, key, described }: SessionPort, signal: AbortSignal): Promise<void> {
  const about = { description: new Variant('s', 'Dictate'), ...proposal(key) };
  const asked = { bus, member: 'BindShortcuts', signature: 'oa(sa{sv})sa{sv}' };
  const noWindow = '';
  const body = (options: object) => [path, [[SHORTCUT, about]], noWindow, options];
  const results = await request({ ...asked, body }, signal);
  described(descriptionIn(results['shortcuts']?.value));
}

/** A modifier alone is no shortcut for any desktop: the user has to choose. */
function proposal(name: string): { preferred_trigger?: Variant<string> } {
  const { modifiers, key } = readCombination(name);
  if (isModifierName(key)) return {};
  const trigger = [...[...modifiers].map((modifier) => MODIFIER_NAMES[modifier]), key === 'Space' ? 'space' : key];
  return { preferred_trigger: new Variant('s', trigger.join('+')) };
}

/** Of a list of shortcuts, `a(sa{sv})`. */
function descriptionIn(shortcuts: unknown): string {
  const list = Array.isArray(shortcuts) ? (shortcuts as readonly [string, Results][]) : [];
  const [, about] = list.find(([id]) => id === SHORTCUT) ?? [];
  const key = about?.['trigger_description']?.value;
  return typeof key === 'string' ? key : '';
}
