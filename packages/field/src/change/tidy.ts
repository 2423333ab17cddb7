// The shortest form of a change: what goes and comes again at one place stays.

import type { Changes, Part } from './part.ts';
import type { Unit } from './unit.ts';

/** `parts` with neighbours of one kind joined and without what changes nothing; empty when nothing changes at all. */
export function tidy(parts: readonly Part[], unit: Unit): Changes {
  const tidied: Part[] = [];
  let [keep, remove, insert] = [0, '', ''];

  function put(part: Part): void {
    if (keep > 0) tidied.push({ keep });
    keep = 0;
    tidied.push(part);
  }

  function flush(): void {
    const { head, tail, removed, inserted } = difference(remove, insert, unit);
    keep += head;
    if (removed !== '') put({ remove: removed });
    if (inserted !== '') put({ insert: inserted });
    keep += tail;
    [remove, insert] = ['', ''];
  }

  for (const part of parts) {
    if ('remove' in part) remove += part.remove;
    else if ('insert' in part) insert += part.insert;
    else if (part.keep > 0) {
      flush();
      keep += part.keep;
    }
  }
  flush();
  return tidied;
}

/** What two texts have in common at their beginnings and ends, in units, and what differs between. */
function difference(old: string, now: string, unit: Unit) {
  const [before, after] = [unit.split(old), unit.split(now)];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const part = (parts: readonly string[], from: number, to: number): string => parts.slice(from, to).join('');
  return {
    head: unit.length(part(before, 0, head)),
    tail: unit.length(part(before, before.length - tail, before.length)),
    removed: part(before, head, before.length - tail),
    inserted: part(after, head, after.length - tail),
  };
}
