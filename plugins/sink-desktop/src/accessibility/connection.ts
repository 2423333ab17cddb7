// Decides how the accessibility bus is reached and asked: AT-SPI2 over D-Bus.

import { Duplex, Writable } from 'node:stream';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { Message, MessageType, Variant, sessionBus } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';

/** One object of an application: a window, a field. */
export interface Accessible {
  /** The application's unique name on the bus; never used twice. */
  readonly owner: string;
  readonly path: string;
}

export interface Call {
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** Something that an application told. */
export interface Signal extends Accessible {
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface Connection {
  /** Calls go out at once and in order; each gives its answer's body. Rejects with `ERR_DESKTOP` on an error or after half a second. */
  call(object: Accessible, call: Call): Promise<readonly unknown[]>;
  property(object: Accessible, interfaceName: string, property: string): Promise<unknown>;
  /** All that `work` calls goes out in one write: who kills this process stops all of it or nothing. */
  together<T>(work: () => T): T;
  listen(hear: (signal: Signal) => void): void;
  /** Whether the bus is still there. */
  readonly alive: boolean;
  close(): void;
}

const ANSWER_MS = 500;
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const LAUNCHER: Accessible = { owner: 'org.a11y.Bus', path: '/org/a11y/bus' };
const STATUS = 'org.a11y.Status';

/**
 * The accessibility bus of the user's session; absent where there is none. Tells applications that somebody listens
 * (`org.a11y.Status.IsEnabled`), as a screen reader does: Qt and Chromium only answer then.
 */
export async function connect(signal: AbortSignal): Promise<Connection | undefined> {
  signal.throwIfAborted();
  if (process.env['DBUS_SESSION_BUS_ADDRESS'] === undefined && process.env['XDG_RUNTIME_DIR'] === undefined) return;
  const session = connectionOver(sessionBus());
  try {
    const [address] = await session.call(LAUNCHER, { interface: 'org.a11y.Bus', member: 'GetAddress' });
    if (typeof address !== 'string' || address === '') return undefined;
    const enabled = new Variant('b', true);
    const enable = { interface: PROPERTIES, member: 'Set', signature: 'ssv', body: [STATUS, 'IsEnabled', enabled] };
    await session.call(LAUNCHER, enable);
    signal.throwIfAborted();
    return connectionOver(sessionBus({ busAddress: address }));
  } catch (error) {
    signal.throwIfAborted();
    // No session bus or no accessibility on it: there are other ways to insert text.
    if (error instanceof VoiceInputError) return undefined;
    throw error;
  } finally {
    session.close();
  }
}

function connectionOver(bus: MessageBus): Connection {
  let failure: Error | undefined;
  /** What to do with each pending call when the bus goes away. */
  const pending = new Set<() => void>();
  const lose = (reason: Error): void => {
    failure ??= reason;
    for (const fail of pending) fail();
  };
  bus.on('error', lose);

  function call(object: Accessible, { interface: interfaceName, member, signature = '', body = [] }: Call) {
    const message = new Message({
      destination: object.owner,
      path: object.path,
      interface: interfaceName,
      member,
      signature,
      body: [...body],
    });
    return answered(message, `${interfaceName}.${member}`);
  }

  function answered(message: Message, what: string): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string, cause?: unknown): void =>
        settle(() => reject(new VoiceInputError('ERR_DESKTOP', `${what} ${reason}.`, { cause })));
      const onLost = (): void => fail('was not answered: the bus is gone', failure);
      const timer = setTimeout(() => fail(`was not answered within ${ANSWER_MS} ms`), ANSWER_MS);
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        pending.delete(onLost);
        then();
      };
      if (failure) return onLost();
      pending.add(onLost);
      bus.call(message).then(
        (reply) => settle(() => resolve(reply?.body ?? [])),
        (error: unknown) => fail(`failed: ${error instanceof Error ? error.message : String(error)}`, error),
      );
    });
  }

  return {
    call,
    async property(object, interfaceName, property) {
      const get = { interface: PROPERTIES, member: 'Get', signature: 'ss', body: [interfaceName, property] };
      const [variant] = await call(object, get);
      return variant instanceof Variant ? (variant.value as unknown) : undefined;
    },
    together(work) {
      const stream = streamOf(bus);
      stream?.cork();
      try {
        return work();
      } finally {
        stream?.uncork();
      }
    },
    listen(hear) {
      bus.on('message', (message: Message) => {
        if (message.type !== MessageType.SIGNAL) return;
        const { sender, path, interface: interfaceName, member, body } = message;
        hear({ owner: sender, path, interface: interfaceName, member, body });
      });
    },
    get alive() {
      return failure === undefined;
    },
    close() {
      lose(new Error('The connection was closed.'));
      bus.disconnect();
    },
  };
}

/** The package does not show it. Without it calls go out one by one. */
function streamOf(bus: MessageBus): Writable | undefined {
  const { _connection: connection } = bus as { _connection?: { stream?: unknown } };
  return connection?.stream instanceof Writable || connection?.stream instanceof Duplex ? connection.stream : undefined;
}
