// How a message bus (D-Bus) is reached, asked and heard, and what is said when it does not answer.

import type { EventEmitter } from 'node:events';
import { Duplex, Writable } from 'node:stream';
import { DBusError, Message, MessageType, NameFlag, RequestNameReply, sessionBus } from '@particle/dbus-next';
import type { MessageBus, interface as dbus } from '@particle/dbus-next';
import { startDeadline, VoiceInputError } from '@voiceinput/plugin-api';

export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** How one call is waited for. */
export interface Waiting {
  /** How long the answer may take. Absent: as for all calls. */
  readonly answerMs?: number;
  /**
   * Hears the answer's body when it comes, in its place among the signals, however late that is: absent when the answer
   * is an error.
   */
  answered?(body: readonly unknown[] | undefined): void;
}

export interface Signal {
  /** The sender's unique name on the bus. */
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface Bus {
  /** The name of this connection, such as `:1.42`. */
  readonly name: string;
  /**
   * Calls go out at once and in order; each gives its answer's body. Rejects with `ERR_DESKTOP` when it is not answered
   * in time, or with an error: then its cause is a `DBusError`.
   */
  call(call: Call, waiting?: Waiting): Promise<readonly unknown[]>;
  /** All that `work` calls goes out in one write: who kills this process stops all of it or nothing. */
  together<T>(work: () => T): T;
  /** Asks for the signals that fit one of `rules`, and hears every signal from now on. Gives the function that ends it. */
  listen(rules: readonly string[], hear: (signal: Signal) => void): Promise<() => void>;
  /** Takes a well-known name, in addition to its own. False when another program has it. */
  takeName(name: string): Promise<boolean>;
  /** Makes an object callable by other programs, until `withdraw`. */
  offer(path: string, object: dbus.Interface): void;
  withdraw(path: string, object: dbus.Interface): void;
  /** Settles when the bus is gone; never after `close`. */
  readonly lost: Promise<VoiceInputError>;
  /** Whether it is gone or was closed. */
  readonly isOver: boolean;
  close(): void;
}

export interface BusOptions {
  /** As D-Bus writes addresses. Absent: the bus of the user's session. */
  readonly address?: string;
  /** How long an answer may take. */
  readonly answerMs: number;
}

const DAEMON = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

/** Rejects with `ERR_DESKTOP` when there is no such bus. */
export async function openBus({ address = sessionAddress(), answerMs }: BusOptions): Promise<Bus> {
  const bus = sessionBus({ busAddress: address });
  /** Who hears the answer to a call, by the call's number. */
  const hearing = new Map<number, NonNullable<Waiting['answered']>>();
  /** What to do with each pending call when the bus is gone. */
  const pending = new Set<(reason: VoiceInputError) => void>();
  let isReached = false;
  let over: VoiceInputError | undefined;
  let tellLost: (reason: VoiceInputError) => void;
  const lost = new Promise<VoiceInputError>((resolve) => (tellLost = resolve));

  function end(reason: VoiceInputError): void {
    over ??= reason;
    for (const fail of pending) fail(over);
  }

  function lose(cause?: unknown): void {
    if (over !== undefined) return;
    const what = isReached ? 'The connection to the message bus was lost.' : 'The message bus cannot be reached.';
    end(new VoiceInputError('ERR_DESKTOP', what, { cause }));
    tellLost(over!);
  }

  function close(): void {
    end(new VoiceInputError('ERR_DESKTOP', 'The connection to the message bus was closed.'));
    bus.disconnect();
    // What comes in after the end would be answered into a closed stream, which throws.
    streamOf(bus)?.destroy();
  }

  function inTime<T>(what: string, work: Promise<T>, withinMs = answerMs): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (then: () => void): void => {
        deadline.stop();
        pending.delete(fail);
        then();
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const deadline = startDeadline(withinMs, () => fail(unanswered(what, withinMs)));
      pending.add(fail);
      work.then(
        (result) => settle(() => resolve(result)),
        (error: unknown) => fail(failed(what, error)),
      );
    });
  }

  async function call(
    { body = [], signature = '', ...target }: Call,
    { answerMs: withinMs, answered }: Waiting = {},
  ): Promise<readonly unknown[]> {
    if (over !== undefined) throw over;
    const message = new Message({ ...target, signature, body: [...body] });
    const answering = bus.call(message);
    if (answered !== undefined) hearing.set(Number(message.serial), answered);
    const answer = await inTime(`${target.interface}.${target.member}`, answering, withinMs);
    return answer?.body ?? [];
  }

  function hearAnswer({ type, replySerial, body }: Message): void {
    if (type !== MessageType.METHOD_RETURN && type !== MessageType.ERROR) return;
    const answered = hearing.get(Number(replySerial));
    hearing.delete(Number(replySerial));
    answered?.(type === MessageType.METHOD_RETURN ? body : undefined);
  }

  function match(member: 'AddMatch' | 'RemoveMatch', rules: readonly string[]): Promise<unknown> {
    return Promise.all(rules.map((rule) => call({ ...DAEMON, member, signature: 's', body: [rule] })));
  }

  bus.on('error', lose);
  bus.on('message', hearAnswer);
  undeclared(bus)._connection.on('end', lose);
  try {
    await inTime('The message bus', new Promise<void>((resolve) => bus.on('connect', resolve)));
    isReached = true;
  } catch (error) {
    close();
    throw error;
  }

  return {
    name: undeclared(bus).name,
    call,
    together(work) {
      const stream = streamOf(bus);
      stream?.cork();
      try {
        return work();
      } finally {
        stream?.uncork();
      }
    },
    async listen(rules, hear) {
      const onMessage = ({ type, sender, path, interface: interfaceName, member, body }: Message): void => {
        if (type === MessageType.SIGNAL) hear({ sender, path, interface: interfaceName, member, body });
      };
      bus.on('message', onMessage);
      await match('AddMatch', rules);
      return () => {
        bus.off('message', onMessage);
        // A bus that is gone tells nobody anything.
        match('RemoveMatch', rules).catch(() => undefined);
      };
    },
    takeName: (name) =>
      inTime(`The name ${name}`, bus.requestName(name, NameFlag.DO_NOT_QUEUE)).then(
        (reply) => reply === RequestNameReply.PRIMARY_OWNER,
      ),
    offer: (path, object) => bus.export(path, object),
    withdraw: (path, object) => bus.unexport(path, object),
    lost,
    get isOver() {
      return over !== undefined;
    },
    close,
  };
}

/** Throws `ERR_DESKTOP`. */
function sessionAddress(): string {
  const { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder } = process.env;
  if (address) return address;
  if (folder) return `unix:path=${folder}/bus`;
  throw new VoiceInputError('ERR_DESKTOP', 'No D-Bus session bus was found.');
}

function unanswered(what: string, answerMs: number): VoiceInputError {
  return new VoiceInputError('ERR_DESKTOP', `${what} was not answered within ${answerMs / 1000} s.`);
}

function failed(what: string, cause: unknown): VoiceInputError {
  const why = cause instanceof DBusError ? cause.text : cause instanceof Error ? cause.message : String(cause);
  return new VoiceInputError('ERR_DESKTOP', `${what} failed: ${why}.`, { cause });
}

function streamOf(bus: MessageBus): Writable | Duplex | undefined {
  const { stream } = undeclared(bus)._connection;
  return stream instanceof Writable || stream instanceof Duplex ? stream : undefined;
}

/** `name` is documented; that the bus ends is told nowhere else, and its stream is shown nowhere else. */
function undeclared(bus: MessageBus) {
  return bus as MessageBus & {
    readonly name: string;
    readonly _connection: EventEmitter & { readonly stream?: unknown };
  };
}
