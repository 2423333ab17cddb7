// How the accessibility bus is reached and asked: AT-SPI2 over D-Bus.

import { openBus, Variant } from '@voiceinput/desktop/bus';
import type { Bus, Call as BusCall, Signal as BusSignal, Waiting } from '@voiceinput/desktop/bus';
import { isVoiceInputError } from '@voiceinput/plugin-api';

/** One object of an application: a window, a field. */
export interface Accessible {
  /** The application's unique name on the bus; never used twice. */
  readonly owner: string;
  readonly path: string;
}

export type Call = Omit<BusCall, 'destination' | 'path'>;

/** Something that an application told. */
export interface Signal extends Accessible, Omit<BusSignal, 'sender'> {}

export interface WaitingForProperty extends Pick<Waiting, 'answerMs'> {
  /** Hears the value when it comes, in its place among the signals; not when the answer is an error. */
  answered?(value: unknown): void;
}

export interface Connection extends Pick<Bus, 'together' | 'close'> {
  /** Rejects with `ERR_DESKTOP` on an error, or after half a second where `waiting` says nothing else. */
  call(object: Accessible, call: Call, waiting?: Waiting): Promise<readonly unknown[]>;
  property(object: Accessible, interfaceName: string, property: string, waiting?: WaitingForProperty): Promise<unknown>;
  listen(rules: readonly string[], hear: (signal: Signal) => void): Promise<void>;
  /** Whether the bus is still there. */
  readonly alive: boolean;
}

const ANSWER_MS = 500;
/** The accessibility bus is started by the first one who asks for it. */
const STARTED_MS = 3_000;
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const LAUNCHER: Accessible = { owner: 'org.a11y.Bus', path: '/org/a11y/bus' };
const STATUS = 'org.a11y.Status';

/**
 * The accessibility bus of the user's session; absent where there is none. Tells applications that somebody listens
 * (`org.a11y.Status.IsEnabled`), as a screen reader does: Qt and Chromium only answer then.
 */
export async function connect(signal: AbortSignal): Promise<Connection | undefined> {
  signal.throwIfAborted();
  try {
    const address = await addressOf(await openBus({ answerMs: STARTED_MS }));
    signal.throwIfAborted();
    return address === '' ? undefined : connectionOver(await openBus({ address, answerMs: ANSWER_MS }));
  } catch (error) {
    signal.throwIfAborted();
    // No session bus or no accessibility on it: there are other ways to insert text.
    if (isVoiceInputError(error)) return undefined;
    throw error;
  }
}

async function addressOf(session: Bus): Promise<string> {
  const { call } = connectionOver(session);
  try {
    const [address] = await call(LAUNCHER, { interface: 'org.a11y.Bus', member: 'GetAddress' });
    const enabled = new Variant('b', true);
    const enable = { interface: PROPERTIES, member: 'Set', signature: 'ssv', body: [STATUS, 'IsEnabled', enabled] };
    await call(LAUNCHER, enable);
    return typeof address === 'string' ? address : '';
  } finally {
    session.close();
  }
}

const unwrapped = ([variant]: readonly unknown[]): unknown =>
  variant instanceof Variant ? (variant.value as unknown) : undefined;

function connectionOver(bus: Bus): Connection {
  const call: Connection['call'] = ({ owner, path }, asked, waiting) =>
    bus.call({ destination: owner, path, ...asked }, waiting);
  return {
    call,
    async property(object, interfaceName, property, { answerMs, answered } = {}) {
      const get = { interface: PROPERTIES, member: 'Get', signature: 'ss', body: [interfaceName, property] };
      const body = await call(object, get, {
        ...(answerMs !== undefined && { answerMs }),
        answered: (value) => value && answered?.(unwrapped(value)),
      });
      return unwrapped(body);
    },
    together: (work) => bus.together(work),
    async listen(rules, hear) {
      await bus.listen(rules, ({ sender, ...told }) => hear({ owner: sender, ...told }));
    },
    get alive() {
      return !bus.isOver;
    },
    close: () => bus.close(),
  };
}
