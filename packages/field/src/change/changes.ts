// Changes of a text as values: one after another, beside each other, and back.

import type { Changes, Part } from './part.ts';
import { readParts } from './reader.ts';
import { tidy } from './tidy.ts';
import type { Unit } from './unit.ts';

/** First `a`, then `b`: as one change. */
export function compose(a: Changes, b: Changes, unit: Unit): Changes {
  const [first, then] = [readParts(a, unit), readParts(b, unit)];
  const parts: Part[] = [];
  while (!first.isDone || !then.isDone) {
    if ('remove' in first.part) parts.push(first.take(first.left));
    else if ('insert' in then.part) parts.push(then.take(then.left));
    else {
      const count = Math.min(first.left, then.left);
      const [was, is] = [first.take(count), then.take(count)];
      if ('keep' in is) parts.push(was);
      else if ('keep' in was) parts.push(is);
    }
  }
  return tidy(parts, unit);
}

/**
 * `changes` for the text to which `other` was done meanwhile. Where both insert at one place, `first` says whose text
 * stands before: of two that are mapped over each other, one is `mine` and one `theirs`.
 */
export function mapOver(
  changes: Changes,
  other: Changes,
  { unit, first = 'theirs' }: { readonly unit: Unit; readonly first?: 'mine' | 'theirs' },
): Changes {
  const [mine, theirs] = [readParts(changes, unit), readParts(other, unit)];
  const parts: Part[] = [];
  while (!mine.isDone || !theirs.isDone) {
    const inserts = 'insert' in mine.part;
    if (inserts && (first === 'mine' || !('insert' in theirs.part))) parts.push(mine.take(mine.left));
    else if ('insert' in theirs.part) {
      parts.push({ keep: theirs.left });
      theirs.take(theirs.left);
    } else {
      const count = Math.min(mine.left, theirs.left);
      const [own, isGone] = [mine.take(count), 'remove' in theirs.part];
      theirs.take(count);
      if (!isGone) parts.push(own);
    }
  }
  return tidy(parts, unit);
}

/** What takes `changes` back. */
export function invert(changes: Changes): Changes {
  return changes.map((part) => {
    if ('insert' in part) return { remove: part.insert };
    return 'remove' in part ? { insert: part.remove } : part;
  });
}

/** Where a place of the text is after `changes`. What is inserted right there stands behind it, or with `after` before it. */
export function placeAfter(
  place: number,
  changes: Changes,
  { unit, side = 'after' }: { readonly unit: Unit; readonly side?: 'before' | 'after' },
): number {
  let [at, now] = [0, place];
  for (const part of changes) {
    if (at > place) break;
    if ('keep' in part) at += part.keep;
    else if ('insert' in part) now += at < place || side === 'after' ? unit.length(part.insert) : 0;
    else {
      const length = unit.length(part.remove);
      now -= Math.min(length, Math.max(0, place - at));
      at += length;
    }
  }
  return now;
}

/** The text that `changes` make of `text`. */
export function apply(text: string, changes: Changes, unit: Unit): string {
  let [result, at] = ['', 0];
  for (const part of changes) {
    if ('insert' in part) result += part.insert;
    else if ('remove' in part) at += part.remove.length;
    else {
      const end = at + unit.index(text.slice(at), part.keep);
      result += text.slice(at, end);
      at = end;
    }
  }
  return result + text.slice(at);
}
