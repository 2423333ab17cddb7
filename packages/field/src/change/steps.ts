// How a change is done in a field, which inserts and deletes one text at a time.

import type { Changes, Part } from './part.ts';
import type { Unit } from './unit.ts';

/** One call: `text` appears at `at`, or goes from there, in the field's units. */
export interface Move {
  readonly kind: 'insert' | 'delete';
  readonly at: number;
  readonly text: string;
}

/** A move as a change of the field. */
export function changeOf({ kind, at, text }: Move): Changes {
  const part: Part = kind === 'insert' ? { insert: text } : { remove: text };
  return at === 0 ? [part] : [{ keep: at }, part];
}

/**
 * `changes` as moves in an order in which none moves the place of a later one. What goes at a place goes before
 * something comes, so that undoing in the application never shows both.
 */
export function movesOf(changes: Changes, unit: Unit): readonly Move[] {
  const groups: (readonly Move[])[] = [];
  let [at, gone, group] = [0, 0, [] as Move[]];
  for (const part of changes) {
    if ('keep' in part) {
      groups.unshift(group);
      [at, gone, group] = [at + gone + part.keep, 0, []];
    } else if ('insert' in part) group.push({ kind: 'insert', at, text: part.insert });
    else {
      group.unshift({ kind: 'delete', at, text: part.remove });
      gone += unit.length(part.remove);
    }
  }
  return [group, ...groups].flat();
}
