// What applications are asked to tell, and what of it matters: which field has the focus and how texts change.

import type { Told } from '@voiceinput/field';
import type { Accessible, Connection, Signal } from './connection.ts';

/** What is told where no display says which window has the focus, and what was typed. */
export interface FocusListener {
  activated(window: Accessible): void;
  caretMoved(object: Accessible): void;
}

export interface Listener {
  focused(object: Accessible): void;
  changed(object: Accessible, told: Told): void;
  /** An application went away. */
  gone(owner: string): void;
  /** Absent where a display tells. */
  readonly focus?: FocusListener;
}

const REGISTRY: Accessible = { owner: 'org.a11y.atspi.Registry', path: '/org/a11y/atspi/registry' };
const OBJECT_EVENT = 'org.a11y.atspi.Event.Object';
const DBUS = 'org.freedesktop.DBus';

const MATCHES = [
  `type='signal',interface='${OBJECT_EVENT}',member='TextChanged'`,
  `type='signal',interface='${OBJECT_EVENT}',member='StateChanged',arg0='focused'`,
  `type='signal',interface='${DBUS}',member='NameOwnerChanged',arg2=''`,
];
const EVENTS = ['object:text-changed', 'object:state-changed:focused'];
const WINDOW_EVENT = 'org.a11y.atspi.Event.Window';
const FOCUS_MATCHES = [
  `type='signal',interface='${WINDOW_EVENT}',member='Activate'`,
  `type='signal',interface='${OBJECT_EVENT}',member='StateChanged',arg0='active'`,
  `type='signal',interface='${OBJECT_EVENT}',member='TextCaretMoved'`,
];
const FOCUS_EVENTS = ['window:activate', 'object:state-changed:active', 'object:text-caret-moved'];

/** Subscribes once, for all applications there are and will be. */
export async function subscribe(connection: Connection, listener: Listener): Promise<void> {
  const { focus } = listener;
  const events = focus === undefined ? EVENTS : [...EVENTS, ...FOCUS_EVENTS];
  await Promise.all([
    connection.listen(focus === undefined ? MATCHES : [...MATCHES, ...FOCUS_MATCHES], (signal) => {
      hear(signal, listener);
      if (focus !== undefined) hearFocus(signal, focus);
    }),
    ...events.map((event) => register(connection, event)),
  ]);
}

async function register(connection: Connection, event: string): Promise<void> {
  const call = { interface: 'org.a11y.atspi.Registry', member: 'RegisterEvent' };
  try {
    await connection.call(REGISTRY, { ...call, signature: 'sass', body: [event, [], ''] });
  } catch {
    // Registries before at-spi2-core 2.36 take the name alone.
    await connection.call(REGISTRY, { ...call, signature: 's', body: [event] });
  }
}

function hear(signal: Signal, listener: Listener): void {
  const [what, detail1, detail2, data] = signal.body;
  if (signal.interface === DBUS) {
    if (signal.member === 'NameOwnerChanged' && detail2 === '') listener.gone(String(what));
    return;
  }
  if (signal.interface !== OBJECT_EVENT || typeof what !== 'string') return;
  const object = { owner: signal.owner, path: signal.path };
  if (signal.member === 'StateChanged' && what === 'focused' && detail1 === 1) listener.focused(object);
  if (signal.member === 'TextChanged') {
    const text = valueOf(data);
    listener.changed(object, {
      kind: what.startsWith('insert') ? 'insert' : 'delete',
      at: Number(detail1),
      length: Number(detail2),
      ...(typeof text === 'string' && text !== '' && { text }),
    });
  }
}

function hearFocus({ interface: name, member, body, owner, path }: Signal, listener: FocusListener): void {
  const object = { owner, path };
  if (name === WINDOW_EVENT && member === 'Activate') listener.activated(object);
  if (name !== OBJECT_EVENT) return;
  if (member === 'StateChanged' && body[0] === 'active' && body[1] === 1) listener.activated(object);
  if (member === 'TextCaretMoved') listener.caretMoved(object);
}

function valueOf(variant: unknown): unknown {
  return typeof variant === 'object' && variant !== null && 'value' in variant ? variant.value : undefined;
}
