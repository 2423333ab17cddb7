// Decides how the user's session bus is reached and asked.

import type { EventEmitter } from 'node:events';
import { DBusError, Message, MessageType, sessionBus } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';
import { VoiceInputError } from '@voiceinput/plugin-api';

export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface Signal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface Bus {
  /** The name of this connection, such as `:1.42`. */
  readonly name: string;
  /** Gives the answer's body. Rejects with `ERR_DESKTOP`; its cause is a `DBusError` when it was answered with one. */
  call(call: Call): Promise<readonly unknown[]>;
  /** Hears every signal that `sender` sends from now on. Gives the function that ends it. */
  listen(sender: string, hear: (signal: Signal) => void): Promise<() => void>;
  /** Settles when the bus is gone; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
  close(): void;
}

/** Starting a service may take a while. */
const ANSWER_MS = 20_000;
const DAEMON = 'org.freedesktop.DBus';

/** Rejects with `ERR_DESKTOP` when there is no session bus. */
export async function openBus(): Promise<Bus> {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder } = process.env;
  const busAddress = address || (folder ? `unix:path=${folder}/bus` : '');
  if (busAddress === '') throw new VoiceInputError('ERR_DESKTOP', 'There is no session bus (D-Bus).');
  const bus = sessionBus({ busAddress });
  let isClosed = false;
  const lost = new Promise<VoiceInputError>((resolve) => {
    const lose = (cause?: unknown): void => {
      if (!isClosed) resolve(new VoiceInputError('ERR_DESKTOP', 'The session bus went away.', { cause }));
    };
    bus.on('error', lose);
    undeclared(bus)._connection.on('end', lose);
  });
  await connected(bus, lost);

  async function call({ body = [], signature = '', ...target }: Call): Promise<readonly unknown[]> {
    const what = `${target.interface}.${target.member}`;
    const late = timeout(what);
    try {
      const reply = bus.call(new Message({ ...target, signature, body: [...body] }));
      const answer = await Promise.race([reply, late.passed, lost.then((error) => Promise.reject(error))]);
      return answer?.body ?? [];
    } catch (error) {
      if (error instanceof VoiceInputError) throw error;
      const text = error instanceof DBusError ? error.text : String(error);
      throw new VoiceInputError('ERR_DESKTOP', `${what} failed: ${text}.`, { cause: error });
    } finally {
      late.end();
    }
  }

  return {
    name: undeclared(bus).name,
    call,
    async listen(sender, hear) {
      const onMessage = (message: Message): void => {
        const { type, path, interface: interfaceName, member, body } = message;
        if (type === MessageType.SIGNAL) hear({ path, interface: interfaceName, member, body });
      };
      bus.on('message', onMessage);
      const rule = {
        interface: DAEMON,
        member: 'AddMatch',
        signature: 's',
        body: [`type='signal',sender='${sender}'`],
      };
      await call({ destination: DAEMON, path: '/org/freedesktop/DBus', ...rule });
      return () => void bus.off('message', onMessage);
    },
    lost,
    close() {
      isClosed = true;
      bus.disconnect();
    },
  };
}

/** `name` is documented; that the bus ends is told nowhere else. */
function undeclared(bus: MessageBus) {
  return bus as MessageBus & { readonly name: string; readonly _connection: EventEmitter };
}

async function connected(bus: MessageBus, lost: Promise<VoiceInputError>): Promise<void> {
  const here = new Promise<void>((resolve) => bus.on('connect', resolve));
  await Promise.race([here, lost.then((error) => Promise.reject(error))]);
}

function timeout(what: string): { readonly passed: Promise<never>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    const late = new VoiceInputError('ERR_DESKTOP', `${what} was not answered within ${ANSWER_MS / 1000} s.`);
    timer = setTimeout(() => reject(late), ANSWER_MS);
  });
  return { passed, end: () => clearTimeout(timer) };
}
