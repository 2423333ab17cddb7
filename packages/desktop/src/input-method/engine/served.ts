// What ibus-daemon asks of an engine, and what it tells it.

import { Message, Variant } from '@particle/dbus-next';
import type { KeyEvent } from './keysyms.ts';

export const ENGINE_INTERFACE = 'org.freedesktop.IBus.Engine';
const FACTORY_INTERFACE = 'org.freedesktop.IBus.Factory';
const SERVICE_INTERFACE = 'org.freedesktop.IBus.Service';
const PROPERTIES_INTERFACE = 'org.freedesktop.DBus.Properties';

/** The text around the caret; places are counted in the client's units. */
export interface SurroundingText {
  readonly text: string;
  readonly caret: number;
  readonly anchor: number;
}

/** What ibus-daemon tells. */
export interface Heard {
  /** A key: `reply` says whether we took it, now or later. */
  key(event: KeyEvent, reply: (isTaken: boolean) => void): void;
  surroundings(text: SurroundingText): void;
  focused(): void;
  unfocused(): void;
  reset(): void;
  purpose(purpose: number): void;
  capabilities(flags: number): void;
  disabled(): void;
  lost(): void;
}

export interface ServedEngine {
  /** Where the engine is that ibus uses now. Absent: it uses none of ours. */
  readonly path: string | undefined;
  /** False: the message is none of an engine's. */
  serve(message: Message): boolean;
}

/** With these ibus tells who has the focus, and asks clients for the text around the caret. */
const PROPERTIES = { FocusId: new Variant('b', true), ActiveSurroundingText: new Variant('b', true) };

/** Serves a factory and its engines, one after the other. */
export function serveEngine(send: (message: Message) => void, heard: Heard): ServedEngine {
  let path: string | undefined;
  let created = 0;
  const reply = (message: Message, signature: string, body: unknown[]): void =>
    send(Message.newMethodReturn(message, signature, body));

  function answerProperty(message: Message): void {
    const { member, body } = message;
    if (member === 'GetAll') return reply(message, 'a{sv}', [PROPERTIES]);
    if (member === 'Get')
      return reply(message, 'v', [PROPERTIES[body[1] as keyof typeof PROPERTIES] ?? new Variant('s', '')]);
    if (body[1] === 'ContentType') heard.purpose((body[2] as Variant<[number, number]>).value[0]);
    reply(message, '', []);
  }

  const hearing: Readonly<Record<string, (message: Message) => void>> = {
    SetSurroundingText({ body }) {
      const [told, caret, anchor] = body as [Variant<[string, unknown, string]>, number, number];
      heard.surroundings({ text: told.value[2], caret, anchor });
    },
    FocusIn: (message) => focused(message),
    FocusInId: (message) => focused(message),
    FocusOut: () => heard.unfocused(),
    FocusOutId: () => heard.unfocused(),
    Enable: (message) => void (path = message.path),
    Disable: () => heard.disabled(),
    Reset: () => heard.reset(),
    SetCapabilities: ({ body }) => heard.capabilities(body[0] as number),
  };

  function focused(message: Message): void {
    path = message.path;
    heard.focused();
  }

  function hear(message: Message): void {
    if (message.member === 'ProcessKeyEvent') {
      const [keysym, keycode, state] = message.body as [number, number, number];
      return heard.key({ keysym, keycode, state }, (isTaken) => reply(message, 'b', [isTaken]));
    }
    hearing[message.member]?.(message);
    reply(message, '', []);
  }

  return {
    get path() {
      return path;
    },
    serve(message) {
      const { interface: name, member } = message;
      if (name === FACTORY_INTERFACE && member === 'CreateEngine') {
        path = `/org/freedesktop/IBus/Engine/VoiceInput/${(created += 1)}`;
        reply(message, 'o', [path]);
      } else if (name === PROPERTIES_INTERFACE) answerProperty(message);
      else if (name === SERVICE_INTERFACE) {
        if (message.path === path) path = undefined;
        reply(message, '', []);
      } else if (name === ENGINE_INTERFACE) hear(message);
      else return false;
      return true;
    },
  };
}
