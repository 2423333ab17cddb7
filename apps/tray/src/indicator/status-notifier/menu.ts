// What a panel can ask of the menu: com.canonical.dbusmenu, version 3.

import { dbus, DBusError } from '@voiceinput/desktop/bus';
import type { Variant } from '@voiceinput/desktop/bus';
import type { MenuItem } from '../../menu/item.ts';
import { ROOT, treeOf } from './tree.ts';
import type { Layout, Properties, Tree } from './tree.ts';

const INTERFACE = 'com.canonical.dbusmenu';
const VERSION = 3;

type Event = readonly [id: number, name: string, data: Variant, timestamp: number];

/** https://github.com/AyatanaIndicators/libdbusmenu/blob/master/libdbusmenu-glib/dbus-menu.xml */
export class Menu extends dbus.Interface {
  readonly #chosen: (item: MenuItem) => void;
  readonly #opened: () => void;
  #tree: Tree;
  /** The menu that may still be on the screen. */
  #before: Tree | undefined;
  #revision = 1;

  constructor(menu: readonly MenuItem[], heard: { chosen(item: MenuItem): void; opened(): void }) {
    super(INTERFACE);
    this.#tree = treeOf(menu);
    this.#chosen = heard.chosen;
    this.#opened = heard.opened;
  }

  replace(menu: readonly MenuItem[]): void {
    this.#before = this.#tree;
    this.#tree = treeOf(menu, this.#before);
    this.#revision += 1;
    this.LayoutUpdated(this.#revision, ROOT);
  }

  get Version(): number {
    return VERSION;
  }
  get TextDirection(): string {
    return 'ltr';
  }
  get Status(): string {
    return 'normal';
  }
  get IconThemePath(): readonly string[] {
    return [];
  }

  /** Every property is sent, whichever are asked for: there are few. */
  GetLayout(parentId: number, depth: number): [revision: number, layout: Layout] {
    return [this.#revision, this.#tree.layout(parentId, depth) ?? unknown(parentId)];
  }

  GetGroupProperties(ids: readonly number[]): [id: number, properties: Properties][] {
    const asked = ids.length > 0 ? ids : this.#tree.ids();
    return asked
      .filter((id) => id === ROOT || this.#tree.item(id) !== undefined)
      .map((id) => [id, this.#tree.properties(id)]);
  }

  GetProperty(id: number, name: string): Variant {
    return this.#tree.properties(id)[name] ?? unknown(id);
  }

  Event(...[id, name]: Event): void {
    if (name === 'opened' && id === ROOT) this.#opened();
    const item = this.#tree.item(id) ?? this.#before?.item(id);
    if (name === 'clicked' && item !== undefined) this.#chosen(item);
  }

  EventGroup(events: readonly Event[]): readonly number[] {
    for (const event of events) this.Event(...event);
    return events.map(([id]) => id).filter((id) => id !== ROOT && this.#tree.item(id) === undefined);
  }

  AboutToShow(id: number): boolean {
    if (id === ROOT) this.#opened();
    // What changes by it comes with LayoutUpdated.
    return false;
  }

  AboutToShowGroup(ids: readonly number[]): [updates: readonly number[], errors: readonly number[]] {
    if (ids.includes(ROOT)) this.#opened();
    return [[], []];
  }

  LayoutUpdated(revision: number, parentId: number): [number, number] {
    return [revision, parentId];
  }
}

function unknown(id: number): never {
  throw new DBusError('org.freedesktop.DBus.Error.InvalidArgs', `The menu has no item ${id}.`);
}

const read = (signature: string) => ({ signature, access: 'read' as const });

Menu.configureMembers({
  properties: { Version: read('u'), TextDirection: read('s'), Status: read('s'), IconThemePath: read('as') },
  methods: {
    GetLayout: { inSignature: 'iias', outSignature: 'u(ia{sv}av)' },
    GetGroupProperties: { inSignature: 'aias', outSignature: 'a(ia{sv})' },
    GetProperty: { inSignature: 'is', outSignature: 'v' },
    Event: { inSignature: 'isvu' },
    EventGroup: { inSignature: 'a(isvu)', outSignature: 'ai' },
    AboutToShow: { inSignature: 'i', outSignature: 'b' },
    AboutToShowGroup: { inSignature: 'ai', outSignature: 'aiai' },
  },
  signals: { LayoutUpdated: { signature: 'ui' } },
});
