// What stands for the desktop in tests: a panel that shows icons, a server of notifications.

import { setTimeout as sleep } from 'node:timers/promises';
import { interface as dbus, Message, MessageType, sessionBus, Variant } from '@particle/dbus-next';
import type { MessageBus } from '@particle/dbus-next';

/** What is seen of a menu's item; `items` of a submenu. */
export interface SeenItem {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly ticked: boolean | undefined;
  readonly items: readonly SeenItem[];
}

export interface Panel {
  /** Names of items that registered, in order. */
  readonly registered: readonly string[];
  /** How often the icon changed. */
  readonly iconChanges: () => number;
  title(): Promise<string>;
  /** Widths of the icon's pictures, and the pixels of the largest as red, green, blue, alpha. */
  icon(): Promise<{ readonly widths: readonly number[]; readonly colors: ReadonlySet<string> }>;
  menu(): Promise<readonly SeenItem[]>;
  /** Clicks the item to which these labels lead. */
  click(...labels: readonly string[]): Promise<void>;
  clickId(id: number): Promise<void>;
  /** Clicks the icon itself. */
  activate(): Promise<void>;
  close(): void;
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
type Layout = readonly [number, Readonly<Record<string, Variant>>, readonly Variant<Layout>[]];

class Watcher extends dbus.Interface {
  readonly registered: string[] = [];
  constructor() {
    super(WATCHER);
  }
  RegisterStatusNotifierItem(name: string): void {
    this.registered.push(name);
  }
}
Watcher.configureMembers({ methods: { RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' } } });

export async function openPanel(busAddress: string): Promise<Panel> {
  const bus = sessionBus({ busAddress });
  const watcher = new Watcher();
  bus.export('/StatusNotifierWatcher', watcher);
  await bus.requestName(WATCHER, 0);
  let changes = 0;
  bus.on('message', ({ type, member }) => {
    if (type === MessageType.SIGNAL && member === 'NewIcon') changes += 1;
  });
  await call(bus, 'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', {
    member: 'AddMatch',
    signature: 's',
    body: ["type='signal',interface='org.kde.StatusNotifierItem'"],
  });
  const item = (): string => watcher.registered.at(-1)!;
  const property = async (name: string): Promise<unknown> => {
    const words = { member: 'Get', signature: 'ss', body: ['org.kde.StatusNotifierItem', name] };
    const [value] = await call(bus, item(), '/StatusNotifierItem', 'org.freedesktop.DBus.Properties', words);
    return (value as Variant).value;
  };
  const ofMenu = (words: Words): Promise<unknown[]> => call(bus, item(), '/MenuBar', 'com.canonical.dbusmenu', words);
  const menu = async (): Promise<readonly SeenItem[]> => {
    const [, layout] = await ofMenu({ member: 'GetLayout', signature: 'iias', body: [0, -1, []] });
    return seen(layout as Layout).items;
  };
  const clickId = async (id: number): Promise<void> => {
    await ofMenu({ member: 'Event', signature: 'isvu', body: [id, 'clicked', new Variant('i', 0), 0] });
  };
  return {
    registered: watcher.registered,
    iconChanges: () => changes,
    title: async () => String(await property('Title')),
    async icon() {
      const pixmaps = (await property('IconPixmap')) as [number, number, Buffer][];
      const [, , argb] = pixmaps.at(-1)!;
      const colors = new Set<string>();
      for (let at = 0; at < argb.length; at += 4)
        if (argb[at] === 255) colors.add(argb.toString('hex', at + 1, at + 4));
      return { widths: pixmaps.map(([width]) => width), colors };
    },
    menu,
    async click(...labels) {
      for (let tries = 1; ; tries += 1) {
        const items = await menu();
        const found = labels.reduce<SeenItem | undefined>(
          (parent, label) => parent?.items.find((item) => item.label.includes(label)),
          { id: 0, label: '', enabled: true, ticked: undefined, items },
        );
        if (found !== undefined) return clickId(found.id);
        if (tries === 40) throw new Error(`There is no ${labels.join(' > ')} in ${JSON.stringify(items)}.`);
        await sleep(50);
      }
    },
    clickId,
    async activate() {
      const words = { member: 'Activate', signature: 'ii', body: [0, 0] };
      await call(bus, item(), '/StatusNotifierItem', 'org.kde.StatusNotifierItem', words);
    },
    close: () => bus.disconnect(),
  };
}

function seen([id, properties, children]: Layout): SeenItem {
  const value = (name: string): unknown => properties[name]?.value;
  const label = value('label');
  const tick = value('toggle-state');
  return {
    id,
    label: value('type') === 'separator' ? '—' : typeof label === 'string' ? label : '',
    enabled: value('enabled') !== false,
    ticked: tick === undefined ? undefined : tick === 1,
    items: children.map((child) => seen(child.value)),
  };
}

/** A notification as its user sees it. */
export interface SeenNote {
  readonly id: number;
  readonly replaces: number;
  readonly summary: string;
  readonly body: string;
  readonly actions: readonly string[];
}

export interface NotificationServer {
  readonly notes: readonly SeenNote[];
  readonly closed: readonly number[];
  /** Presses the first button of the newest notification. */
  press(): void;
  /** The newest notification was shown long enough. */
  expire(): void;
  /** Answers no more. */
  freeze(): void;
  close(): void;
}

/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html#signal-notification-closed */
const EXPIRED = 1;

class Notifications extends dbus.Interface {
  readonly notes: SeenNote[] = [];
  readonly closed: number[] = [];
  isFrozen = false;
  constructor() {
    super('org.freedesktop.Notifications');
  }
  GetCapabilities(): string[] {
    return ['body', 'actions', 'body-markup'];
  }
  Notify(...[, replaces, , summary, body, actions]: [string, number, string, string, string, string[]]) {
    const id = replaces === 0 ? this.notes.length + 1 : replaces;
    this.notes.push({ id, replaces, summary, body, actions });
    return this.isFrozen ? new Promise<number>(() => undefined) : id;
  }
  CloseNotification(id: number): void {
    this.closed.push(id);
  }
  ActionInvoked(id: number, key: string): [number, string] {
    return [id, key];
  }
  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason];
  }
}
Notifications.configureMembers({
  methods: {
    GetCapabilities: { outSignature: 'as' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
  },
  signals: { ActionInvoked: { signature: 'us' }, NotificationClosed: { signature: 'uu' } },
});

export async function openNotificationServer(busAddress: string): Promise<NotificationServer> {
  const bus = sessionBus({ busAddress });
  const server = new Notifications();
  bus.export('/org/freedesktop/Notifications', server);
  await bus.requestName('org.freedesktop.Notifications', 0);
  return {
    notes: server.notes,
    closed: server.closed,
    press: () => void server.ActionInvoked(server.notes.at(-1)!.id, '0'),
    expire: () => void server.NotificationClosed(server.notes.at(-1)!.id, EXPIRED),
    freeze: () => void (server.isFrozen = true),
    close: () => bus.disconnect(),
  };
}

interface Words {
  readonly member: string;
  readonly signature?: string;
  readonly body?: unknown[];
}

async function call(
  bus: MessageBus,
  ...[destination, path, of, words]: [string, string, string, Words]
): Promise<unknown[]> {
  return (await bus.call(new Message({ destination, path, interface: of, ...words })))?.body ?? [];
}
