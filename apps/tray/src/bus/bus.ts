// How the desktop's session bus is reached and asked.

import type { Socket } from 'node:net';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { Message, MessageType, NameFlag, RequestNameReply, sessionBus } from '@particle/dbus-next';
import type { MessageBus, interface as dbus } from '@particle/dbus-next';

/** What a request is about: an interface of an object of a program. */
export interface Address {
  readonly name: string;
  readonly path: string;
  readonly interface: string;
}

/** A member with its arguments, typed by D-Bus `signature`. */
export interface Words {
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface Bus {
  /** The body of the answer. Rejects with `ERR_DESKTOP`. */
  call(address: Address, words: Words): Promise<readonly unknown[]>;
  /** Calls `hear` with the body of every such signal from now on. */
  onSignal(address: Address, member: string, hear: (body: readonly unknown[]) => void): Promise<void>;
  /** Calls `changed` now and whenever a program takes the name or gives it up. */
  watchName(name: string, changed: (isThere: boolean) => void): Promise<void>;
  /** False when another program has the name. */
  takeName(name: string): Promise<boolean>;
  offer(path: string, member: dbus.Interface): void;
  withdraw(path: string, member: dbus.Interface): void;
  /** Settles when the bus is gone; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
  close(): void;
}

/** The library tells of an end only inside: https://github.com/particle-iot/node-dbus-next/blob/master/lib/connection.js */
interface Inside {
  readonly _connection: { readonly stream: Socket };
}

const CONNECT_MS = 5_000;
const SYSTEM: Address = {
  name: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** The session bus. Rejects with `ERR_DISPLAY_MISSING` where there is none. */
export async function openBus(signal: AbortSignal): Promise<Bus> {
  signal.throwIfAborted();
  const address = process.env['DBUS_SESSION_BUS_ADDRESS'] ?? systemdAddress();
  if (address === undefined) throw missing('DBUS_SESSION_BUS_ADDRESS is not set');
  return busOver(await connected(address));
}

function systemdAddress(): string | undefined {
  const folder = process.env['XDG_RUNTIME_DIR'];
  return folder === undefined ? undefined : `unix:path=${folder}/bus`;
}

async function connected(busAddress: string): Promise<MessageBus> {
  let bus: MessageBus | undefined;
  try {
    bus = sessionBus({ busAddress });
    await settled(bus);
    return bus;
  } catch (error) {
    bus?.disconnect();
    throw missing(error instanceof Error ? error.message : String(error), error);
  }
}

function settled(bus: MessageBus): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${CONNECT_MS} ms`)), CONNECT_MS);
    bus.once('connect', () => (clearTimeout(timer), resolve()));
    bus.once('error', (error: Error) => (clearTimeout(timer), reject(error)));
  });
}

function missing(why: string, cause?: unknown): VoiceInputError {
  return new VoiceInputError('ERR_DISPLAY_MISSING', `The session bus of the desktop cannot be reached: ${why}.`, {
    hint: 'Start the tray inside a graphical session.',
    cause,
  });
}

function busOver(bus: MessageBus): Bus {
  /** What to do with each request that waits when the bus goes away. */
  const waiting = new Set<(reason: VoiceInputError) => void>();
  let over: VoiceInputError | undefined;
  let settle = (_reason: VoiceInputError): void => undefined;
  const lost = new Promise<VoiceInputError>((resolve) => (settle = resolve));
  const end = (reason: VoiceInputError): void => {
    over ??= reason;
    for (const reject of waiting) reject(over);
    waiting.clear();
  };
  const gone = (cause?: unknown): void => {
    if (over !== undefined) return;
    end(new VoiceInputError('ERR_DESKTOP', 'The connection to the session bus of the desktop was lost.', { cause }));
    settle(over!);
  };
  bus.on('error', gone);
  const { stream } = (bus as MessageBus & Inside)._connection;
  stream.on('end', () => gone());

  function call(address: Address, { member, signature = '', body = [] }: Words): Promise<readonly unknown[]> {
    const { name: destination, path, interface: interfaceName } = address;
    return new Promise((resolve, reject) => {
      if (over !== undefined) return reject(over);
      waiting.add(reject);
      const message = { destination, path, interface: interfaceName, member, signature, body: [...body] };
      const answered = (then: () => void): void => {
        waiting.delete(reject);
        then();
      };
      bus.call(new Message(message)).then(
        (reply) => answered(() => resolve(reply?.body ?? [])),
        (cause: unknown) => {
          const why = cause instanceof Error ? cause.message : String(cause);
          const what = `${interfaceName}.${member} failed: ${why}`;
          answered(() => reject(new VoiceInputError('ERR_DESKTOP', what, { cause })));
        },
      );
    });
  }

  async function onSignal(address: Address, member: string, hear: (body: readonly unknown[]) => void): Promise<void> {
    bus.on('message', (message) => {
      const { type, path, interface: interfaceName, member: name, body } = message;
      const isIt = interfaceName === address.interface && path === address.path && name === member;
      if (type === MessageType.SIGNAL && isIt) hear(body as unknown[]);
    });
    const rule = `type='signal',interface='${address.interface}',path='${address.path}',member='${member}'`;
    await call(SYSTEM, { member: 'AddMatch', signature: 's', body: [rule] });
  }

  return {
    call,
    onSignal,
    async watchName(name, changed) {
      await onSignal(SYSTEM, 'NameOwnerChanged', ([which, , owner]) => {
        if (which === name) changed(owner !== '');
      });
      const [isThere] = await call(SYSTEM, { member: 'NameHasOwner', signature: 's', body: [name] });
      changed(isThere === true);
    },
    takeName: async (name) => (await bus.requestName(name, NameFlag.DO_NOT_QUEUE)) === RequestNameReply.PRIMARY_OWNER,
    offer: (path, member) => bus.export(path, member),
    withdraw: (path, member) => bus.unexport(path, member),
    lost,
    close() {
      end(new VoiceInputError('ERR_DESKTOP', 'The connection to the session bus was closed.'));
      bus.disconnect();
      // What comes in after the end would be answered into a closed stream, which throws.
      stream.destroy();
    },
  };
}
