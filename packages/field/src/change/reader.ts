// Reads a change in pieces of any length, as two changes are read side by side.

import type { Changes, Part } from './part.ts';
import type { Unit } from './unit.ts';

export interface PartReader {
  /** The part that is read now. Behind the last one, everything is kept. */
  readonly part: Part;
  /** How much of it is left, in units. */
  readonly left: number;
  readonly isDone: boolean;
  /** Reads on by `count` units, which are not more than are left. */
  take(count: number): Part;
}

const REST: Part = { keep: Infinity };

/** Reads `changes` from the beginning; behind them all is kept. */
export function readParts(changes: Changes, unit: Unit): PartReader {
  let [index, from] = [0, 0];
  const current = (): Part => changes[index] ?? REST;

  function lengthOf(part: Part): number {
    if ('keep' in part) return part.keep;
    return unit.length('insert' in part ? part.insert : part.remove);
  }

  return {
    get part() {
      return current();
    },
    get left() {
      return lengthOf(current()) - from;
    },
    get isDone() {
      return index >= changes.length;
    },
    take(count) {
      const part = current();
      const start = from;
      if (from + count >= lengthOf(part)) [index, from] = [index + 1, 0];
      else from += count;
      if ('keep' in part) return { keep: count };
      const text = 'insert' in part ? part.insert : part.remove;
      const piece = text.slice(unit.index(text, start), unit.index(text, start + count));
      return 'insert' in part ? { insert: piece } : { remove: piece };
    },
  };
}
