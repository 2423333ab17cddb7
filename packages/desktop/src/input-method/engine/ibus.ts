// What is said to ibus-daemon and heard from it: an engine that is registered at run time, without a file.

import type { Duplex } from 'node:stream';
import { Message, MessageType, Variant, sessionBus } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';
import { ENGINE_INTERFACE, serveEngine } from './served.ts';
import type { Heard } from './served.ts';
import { withSocket } from './socket.ts';

/** The engine's name. */
export const ENGINE = 'voiceinput';
const COMPONENT = 'org.freedesktop.IBus.VoiceInput';
const IBUS = {
  destination: 'org.freedesktop.IBus',
  path: '/org/freedesktop/IBus',
  interface: 'org.freedesktop.IBus',
} as const;

export interface Ibus {
  /** Absent: there is none. */
  globalEngine(): Promise<string | undefined>;
  setGlobalEngine(name: string): Promise<void>;
  /** Whether who has the focus takes text: ibus itself stands in for who does not, as password fields of some toolkits. */
  takesText(): Promise<boolean>;
  /** All that `work` says goes out in one write: who kills this process stops all of it or nothing. */
  together(work: () => void): void;
  commit(text: string): void;
  /** So many of the client's units before the caret. */
  deleteBefore(units: number): void;
  press(key: { readonly keysym: number; readonly keycode: number; readonly isShifted?: boolean }): void;
  requireSurroundings(): void;
  call(destination: string, call: EngineCall): Promise<readonly unknown[]>;
  /** Hears which engine is global from now on. */
  onGlobalEngine(hear: (name: string) => void): void;
  /** Hears the signals of another engine. */
  listen(path: string, hear: (member: string, body: readonly unknown[]) => void): Promise<void>;
}

export interface EngineCall {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

const text = (value: string): Variant =>
  new Variant('(sa{sv}sv)', ['IBusText', {}, value, new Variant('(sa{sv}av)', ['IBusAttrList', {}, []])]);

/** Name, long name, description, language, licence, author, icon, layout, rank, hotkeys, symbol, setup, layout's variant and option, version, domain, property. */
const LIKE_A_LAYOUT = ['', 'default', 0] as const;
const NOTHING_MORE = ['', '', '', '', '', '', '', ''] as const;
const AUTHOR = ['MIT', 'VoiceInput'] as const;
const description = new Variant('(sa{sv}ssssssssussssssss)', [
  'IBusEngineDesc',
  {},
  ENGINE,
  'VoiceInput',
  'Dictation',
  'other',
  ...AUTHOR,
  ...LIKE_A_LAYOUT,
  ...NOTHING_MORE,
]);
/** Name, description, version, licence, author, homepage, program, domain. */
const component = new Variant('(sa{sv}ssssssssavav)', [
  'IBusComponent',
  {},
  COMPONENT,
  'Dictation',
  '1',
  ...AUTHOR,
  '',
  '',
  '',
  [],
  [description],
]);

/** The one that ibus makes for itself, first of all. */
const NO_CONTEXT = '/org/freedesktop/IBus/InputContext_1';
const SHIFT = 1;
const RELEASED = 1 << 30;

/** Connects and registers the engine. Rejects when ibus-daemon is not there. */
export async function openIbus(address: string, heard: Heard): Promise<Ibus> {
  const bus = withSocket(() => sessionBus({ busAddress: address }));
  bus.on('error', heard.lost);
  undeclared(bus)._connection.on('end', heard.lost);
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', () => resolve());
    bus.once('error', reject);
  });
  const served = serveEngine((message) => bus.send(message), heard);

  async function call(destination: string, { body = [], signature = '', ...target }: EngineCall) {
    const answer = await bus.call(new Message({ destination, ...target, signature, body: [...body] }));
    return answer?.body ?? [];
  }

  function emit(member: string, signature: string, body: readonly unknown[]): void {
    const { path } = served;
    if (path !== undefined) bus.send(Message.newSignal(path, ENGINE_INTERFACE, member, signature, [...body]));
  }

  async function property(name: string): Promise<unknown> {
    const asked = { path: IBUS.path, interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss' };
    const [told] = await call(IBUS.destination, { ...asked, body: [IBUS.interface, name] });
    return told;
  }

  bus.addMethodHandler((message: Message) => served.serve(message));
  /** Hears the signals of one object from now on. */
  async function signals(
    from: { readonly interface: string; readonly path: string },
    tell: (member: string, body: readonly unknown[]) => void,
  ): Promise<void> {
    bus.on('message', (message: Message) => {
      const isSignal = message.type === MessageType.SIGNAL && message.interface === from.interface;
      if (isSignal && message.path === from.path) tell(message.member, message.body);
    });
    const rule = `type='signal',interface='${from.interface}',path='${from.path}'`;
    const daemon = { path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
    await call('org.freedesktop.DBus', { ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
  }

  const globalEngineHeard = new Set<(name: string) => void>();
  await signals(IBUS, (member, [name]) => {
    if (member === 'GlobalEngineChanged') for (const hear of globalEngineHeard) hear(String(name));
  });
  await bus.requestName(COMPONENT, 0);
  await call(IBUS.destination, { ...IBUS, member: 'RegisterComponent', signature: 'v', body: [component] });

  return {
    async globalEngine() {
      // ibus answers with an error when there is none.
      const told = await property('GlobalEngine').catch(() => undefined);
      const name = (told as Variant<Variant<readonly unknown[]>> | undefined)?.value.value[2];
      return typeof name === 'string' ? name : undefined;
    },
    async takesText() {
      const told = (await property('CurrentInputContext').catch(() => undefined)) as Variant<string> | undefined;
      return told !== undefined && told.value !== NO_CONTEXT;
    },
    async setGlobalEngine(name) {
      await call(IBUS.destination, { ...IBUS, member: 'SetGlobalEngine', signature: 's', body: [name] });
    },
    together(work) {
      const { stream } = undeclared(bus)._connection;
      stream.cork();
      work();
      stream.uncork();
    },
    commit: (value) => emit('CommitText', 'v', [text(value)]),
    deleteBefore: (units) => emit('DeleteSurroundingText', 'iu', [-units, units]),
    press({ keysym, keycode, isShifted = false }) {
      const shift = isShifted ? SHIFT : 0;
      for (const state of [shift, shift | RELEASED]) emit('ForwardKeyEvent', 'uuu', [keysym, keycode, state]);
    },
    requireSurroundings: () => emit('RequireSurroundingText', '', []),
    call,
    onGlobalEngine: (hear) => void globalEngineHeard.add(hear),
    listen: (from, tell) => signals({ interface: ENGINE_INTERFACE, path: from }, tell),
  };
}

/** That the bus ends is told nowhere else, and its stream is shown nowhere else. */
function undeclared(bus: MessageBus) {
  return bus as MessageBus & { readonly _connection: NodeJS.EventEmitter & { readonly stream: Duplex } };
}
