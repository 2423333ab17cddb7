// Which number each item of a menu has on the bus, and how it is described there.

import { Variant } from '@voiceinput/desktop/bus';
import type { MenuItem } from '../../menu/item.ts';

/** The whole menu; its children are the first level. */
export const ROOT = 0;

export type Properties = Readonly<Record<string, Variant>>;

/** Number, properties, children: `(ia{sv}av)`. */
export type Layout = readonly [id: number, properties: Properties, children: readonly Variant[]];

export interface Tree {
  /** By what and where an item is: its number. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The largest number that was ever given. */
  readonly count: number;
  item(id: number): MenuItem | undefined;
  properties(id: number): Properties;
  ids(): readonly number[];
  /** `depth` −1: all the way down. Absent for an unknown number. */
  layout(id: number, depth: number): Layout | undefined;
}

/**
 * An item that was in the menu `before` keeps its number, and no number is given twice: who clicks into a menu that has
 * changed meanwhile does not hit something else.
 */
export function treeOf(menu: readonly MenuItem[], before?: Tree): Tree {
  const nodes = new Map<number, { readonly item: MenuItem | undefined; readonly children: readonly number[] }>();
  const numbers = new Map<string, number>();
  let count = before?.count ?? ROOT;

  function enter(items: readonly MenuItem[], parentId: number): number[] {
    return items.map((item) => {
      const key = keyOf(item, parentId, numbers);
      const id = before?.numbers.get(key) ?? (count += 1);
      numbers.set(key, id);
      nodes.set(id, { item, children: item.kind === 'item' ? enter(item.items ?? [], id) : [] });
      return id;
    });
  }
  nodes.set(ROOT, { item: undefined, children: enter(menu, ROOT) });

  const properties = (id: number): Properties => {
    const item = nodes.get(id)?.item;
    return item === undefined ? submenuProperties : propertiesOf(item);
  };
  function layout(id: number, depth: number): Layout | undefined {
    const node = nodes.get(id);
    if (node === undefined) return undefined;
    const children = depth === 0 ? [] : node.children.map((child) => layout(child, depth - 1)!);
    return [id, properties(id), children.map((child) => new Variant('(ia{sv}av)', child))];
  }
  return { numbers, count, item: (id) => nodes.get(id)?.item, properties, ids: () => [...nodes.keys()], layout };
}

/** The same for items that say and do the same under the same parent; equal ones are counted. */
function keyOf(item: MenuItem, parentId: number, taken: ReadonlyMap<string, number>): string {
  const what = item.kind === 'separator' ? [] : [item.label, item.act];
  for (let nth = 0; ; nth += 1) {
    const key = JSON.stringify([parentId, ...what, nth]);
    if (!taken.has(key)) return key;
  }
}

const submenuProperties: Properties = { 'children-display': new Variant('s', 'submenu') };

/** https://github.com/AyatanaIndicators/libdbusmenu/blob/master/libdbusmenu-glib/dbus-menu.xml */
function propertiesOf(item: MenuItem): Properties {
  if (item.kind === 'separator') return { type: new Variant('s', 'separator') };
  const { label, act, tick, items } = item;
  return {
    // An underscore would mark the next letter as a key.
    label: new Variant('s', label.replaceAll('_', '__')),
    enabled: new Variant('b', act !== undefined || items !== undefined),
    ...(tick && {
      'toggle-type': new Variant('s', tick.shape === 'check' ? 'checkmark' : 'radio'),
      'toggle-state': new Variant('i', tick.on ? 1 : 0),
    }),
    ...(items && submenuProperties),
  };
}
