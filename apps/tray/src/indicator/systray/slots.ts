// How a menu gets into the slots of a program that can rename, tick and hide what it has, and add nothing.

import type { MenuItem } from '../../menu/item.ts';

/** How many plain items there is room for before, between and after the posts: separators and submenus, which stay. */
export interface Shape {
  /** One more than posts. */
  readonly runs: readonly number[];
  readonly posts: readonly ('separator' | Shape)[];
}

/** A slot as the program is told of it. */
export interface Slot {
  readonly __id: number;
  readonly title: string;
  readonly tooltip: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly hidden: boolean;
  readonly items: readonly Slot[];
}

/** A slot with what is in it; `item` is absent while it is hidden, and for a separator. */
interface Filled {
  readonly slot: Slot;
  readonly item: MenuItem | undefined;
}

export interface Filling {
  readonly slots: readonly Slot[];
  /** Every slot but separators, by its number. */
  readonly filled: ReadonlyMap<number, Filled>;
}

/** A run that grows a little still fits: what the user does changes one or two items. */
const ROOM = 4;
/** What the program takes for a separator. */
const SEPARATOR = '<SEPARATOR>';

/** The room that a menu needs, and a little more. */
export function shapeOf(menu: readonly MenuItem[]): Shape {
  const runs = [0];
  const posts: ('separator' | Shape)[] = [];
  for (const item of menu) {
    const post = postOf(item);
    if (post === undefined) runs[posts.length]! += 1;
    else runs[posts.push(post)] = 0;
  }
  return { runs: runs.map((count) => Math.ceil(count / ROOM) * ROOM), posts };
}

/** The room for both, where they have the same posts; else for the newer one. */
export function grown(shape: Shape, newer: Shape): Shape {
  if (!haveSamePosts(shape, newer)) return newer;
  return {
    runs: newer.runs.map((count, index) => Math.max(count, shape.runs[index]!)),
    posts: newer.posts.map((post, index) => {
      const before = shape.posts[index]!;
      return post === 'separator' || before === 'separator' ? post : grown(before, post);
    }),
  };
}

/** Whether there is room for `needed` in `shape`. */
export function fits(shape: Shape, needed: Shape): boolean {
  return (
    haveSamePosts(shape, needed) &&
    needed.runs.every((count, index) => count <= shape.runs[index]!) &&
    needed.posts.every((post, index) => {
      const room = shape.posts[index]!;
      return post === 'separator' || room === 'separator' || fits(room, post);
    })
  );
}

/** The menu in the slots of a shape into which it fits. The same shape has the same numbers. */
export function filling(shape: Shape, menu: readonly MenuItem[], labelOf: (label: string) => string): Filling {
  const filled = new Map<number, Filled>();
  let count = 0;

  function slotOf(item: MenuItem | undefined, room?: 'separator' | Shape): Slot {
    count += 1;
    const __id = count;
    if (item?.kind === 'separator' || room === 'separator')
      return { __id, title: SEPARATOR, tooltip: '', enabled: true, checked: false, hidden: false, items: [] };
    const items = room === undefined ? [] : enter(room, undivided(item?.items ?? []));
    const slot: Slot = {
      __id,
      title: labelOf(item?.label ?? ''),
      tooltip: '',
      enabled: item?.act !== undefined || item?.items !== undefined,
      checked: item?.tick?.on === true,
      hidden: item === undefined,
      items,
    };
    filled.set(__id, { slot, item });
    return slot;
  }

  function enter({ runs, posts }: Shape, items: readonly MenuItem[]): Slot[] {
    const left = [...items];
    return runs.flatMap((room, index) => {
      const run = Array.from({ length: room }, () => {
        const isPlain = left[0] !== undefined && postOf(left[0]) === undefined;
        return slotOf(isPlain ? left.shift() : undefined);
      });
      const post = posts[index];
      return post === undefined ? run : [...run, slotOf(left.shift(), post)];
    });
  }

  return { slots: enter(shape, menu), filled };
}

/** Absent: it can be hidden. A hidden submenu would come back empty on Windows. */
function postOf(item: MenuItem): 'separator' | Shape | undefined {
  if (item.kind === 'separator') return 'separator';
  return item.items && shapeOf(undivided(item.items));
}

/** The program puts every separator into the first level, so there are none in submenus. */
function undivided(items: readonly MenuItem[]): readonly MenuItem[] {
  return items.filter(({ kind }) => kind !== 'separator');
}

function haveSamePosts(one: Shape, other: Shape): boolean {
  return (
    one.posts.length === other.posts.length &&
    one.posts.every((post, index) => (post === 'separator') === (other.posts[index] === 'separator'))
  );
}
