// How the icon gets into panels that follow the StatusNotifierItem specification, also into one that comes later.

import { isDeepStrictEqual } from 'node:util';
import type { Bus } from '@voiceinput/desktop/bus';
import { watchName } from '../../bus/bus.ts';
import type { Heard, Indicator, Shown } from '../panel.ts';
import { Item, MENU_PATH } from './item.ts';
import { Menu } from './menu.ts';

const ITEM_PATH = '/StatusNotifierItem';
const WATCHER = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};

/** https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem */
export async function openStatusNotifier(bus: Bus, first: Shown, heard: Heard): Promise<Indicator> {
  const item = new Item(first, heard.clicked);
  const menu = new Menu(first.menu, heard);
  const name = `org.kde.StatusNotifierItem-${process.pid}-1`;
  bus.offer(ITEM_PATH, item);
  bus.offer(MENU_PATH, menu);
  await bus.takeName(name);
  await watchName(bus, WATCHER.destination, (isThere) => {
    if (!isThere) return heard.panel(false);
    bus.call({ ...WATCHER, member: 'RegisterStatusNotifierItem', signature: 's', body: [name] }).then(
      () => heard.panel(true),
      () => heard.panel(false),
    );
  });
  let shown = first;

  return {
    show(next) {
      const before = shown;
      shown = next;
      if (next.icon !== before.icon) item.icon = next.icon;
      if (next.title !== before.title) item.title = next.title;
      if (!isDeepStrictEqual(next.menu, before.menu)) menu.replace(next.menu);
    },
    lost: bus.lost,
    async close() {
      bus.withdraw(ITEM_PATH, item);
      bus.withdraw(MENU_PATH, menu);
    },
  };
}
