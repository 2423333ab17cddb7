// What a test gets that needs the GlobalShortcuts portal of a desktop: one whose key the test presses.

import { Message, MessageType, sessionBus, Variant } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';
import type { PrivateBus } from '../bus.ts';

export interface PortalOptions {
  /** What the user answers to the dialog. Default: `allows`. */
  readonly user?: 'allows' | 'refuses' | 'assigns-no-key' | 'does-not-answer';
  /** Whether only registered programs are answered, as from xdg-desktop-portal 1.21. Default: `true`. */
  readonly wantsRegistration?: boolean;
}

export interface Portal {
  /** As whom programs registered. */
  readonly registered: readonly string[];
  /** The shortcuts that were asked for, with the keys that were proposed. */
  readonly asked: readonly { readonly id: string; readonly proposed: string | undefined }[];
  /** How many sessions are open. */
  readonly sessions: number;
  press(): void;
  release(): void;
  /** The user assigns another key. */
  assign(description: string): void;
  /** The user takes the key away. */
  endSessions(): void;
  /** Leaves the bus, as when the portal is restarted. */
  close(): Promise<void>;
}

const NAME = 'org.freedesktop.portal.Desktop';
const PATH = '/org/freedesktop/portal/desktop';
const SHORTCUTS = 'org.freedesktop.portal.GlobalShortcuts';
const SESSION = 'org.freedesktop.portal.Session';
const ALLOWED = 0;
const REFUSED = 1;

type Dictionary = Readonly<Record<string, Variant<unknown>>>;
type Shortcuts = readonly (readonly [string, Dictionary])[];

/** https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html */
export async function openPortal(
  { address }: PrivateBus,
  { user = 'allows', wantsRegistration = true }: PortalOptions = {},
): Promise<Portal> {
  const bus = sessionBus({ busAddress: address });
  const registered: string[] = [];
  const asked: { id: string; proposed: string | undefined }[] = [];
  const sessions = new Set<string>();
  const known = new Set<string>();
  let shortcuts: Shortcuts = [];

  const emit = (path: string, interfaceName: string, name: string, ...[signature, body]: [string, unknown[]]): void =>
    bus.send(Message.newSignal(path, interfaceName, name, signature, body));
  const tell = (name: string): void => {
    for (const session of sessions)
      emit(PATH, SHORTCUTS, name, 'osta{sv}', [session, shortcuts[0]?.[0] ?? '', BigInt(Date.now()), {}]);
  };

  function respond(message: Message, code: number, results: object): void {
    const { handle_token: token } = message.body.at(-1) as { handle_token: Variant<string> };
    const path = `${PATH}/request/${wordOf(message.sender)}/${token.value}`;
    bus.send(Message.newMethodReturn(message, 'o', [path]));
    if (code >= 0) emit(path, 'org.freedesktop.portal.Request', 'Response', 'ua{sv}', [code, results]);
  }

  const answers: Readonly<Record<string, (message: Message) => void>> = {
    Register(message) {
      registered.push(String(message.body[0]));
      known.add(message.sender);
      bus.send(Message.newMethodReturn(message));
    },
    CreateSession(message) {
      if (wantsRegistration && !known.has(message.sender)) {
        bus.send(refusal(message, 'org.freedesktop.portal.Error.NotAllowed', 'An app id is required'));
        return;
      }
      const { session_handle_token: token } = message.body[0] as { session_handle_token: Variant<string> };
      const session = `${PATH}/session/${wordOf(message.sender)}/${token.value}`;
      sessions.add(session);
      respond(message, ALLOWED, { session_handle: new Variant('s', session) });
    },
    BindShortcuts(message) {
      const wanted = message.body[1] as Shortcuts;
      for (const [id, { preferred_trigger: proposed }] of wanted)
        asked.push({ id, proposed: proposed === undefined ? undefined : String(proposed.value) });
      shortcuts = wanted.map(([id, about]) => [id, described(user === 'assigns-no-key' ? '' : keyIn(about))]);
      if (user === 'does-not-answer') respond(message, -1, {});
      else if (user === 'refuses') respond(message, REFUSED, {});
      else respond(message, ALLOWED, { shortcuts: new Variant('a(sa{sv})', shortcuts) });
    },
    Get(message) {
      bus.send(Message.newMethodReturn(message, 'v', [new Variant('u', 1)]));
    },
    Close(message) {
      sessions.delete(message.path);
      bus.send(Message.newMethodReturn(message));
    },
  };
  bus.addMethodHandler((message: Message) => {
    const answer = message.type === MessageType.METHOD_CALL ? answers[message.member] : undefined;
    answer?.(message);
    return answer !== undefined;
  });
  await bus.requestName(NAME);

  return {
    registered,
    asked,
    get sessions() {
      return sessions.size;
    },
    press: () => tell('Activated'),
    release: () => tell('Deactivated'),
    assign(description) {
      shortcuts = shortcuts.map(([id]) => [id, described(description)]);
      for (const session of sessions) emit(PATH, SHORTCUTS, 'ShortcutsChanged', 'oa(sa{sv})', [session, shortcuts]);
    },
    endSessions() {
      for (const session of sessions) emit(session, SESSION, 'Closed', 'a{sv}', [{}]);
      sessions.clear();
    },
    close: () => left(bus),
  };
}

/** The key that was proposed, or the one that the user chooses. */
function keyIn({ preferred_trigger: proposed }: Dictionary): string {
  return proposed === undefined ? 'Super+D' : String(proposed.value);
}

function described(key: string): Dictionary {
  return { description: new Variant('s', 'Dictate'), trigger_description: new Variant('s', key) };
}

/** The package declares a string where it takes the message that is answered. */
function refusal(message: Message, ...[name, text]: [string, string]): Message {
  return Reflect.apply(Message.newError, Message, [message, name, text]) as Message;
}

/** A connection's name as a part of a path. */
function wordOf(name: string): string {
  return name.slice(1).replaceAll('.', '_');
}

async function left(bus: MessageBus): Promise<void> {
  await bus.releaseName(NAME);
  bus.disconnect();
}
