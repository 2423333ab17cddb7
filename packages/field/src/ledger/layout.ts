// Where our stretches and the places that were pinned are in one state of a field.

import type { Changes } from '../change/part.ts';
import { placeAfter } from '../change/changes.ts';
import type { Unit } from '../change/unit.ts';
import { rebased } from './rebase.ts';
import type { FieldEdit, Span } from './span.ts';

/** A place that moves with the text around it. */
export interface Pin {
  readonly at: number;
  /** On which side of text that is inserted right there it stands. */
  readonly side: 'before' | 'after';
  /** The same for text of ours. Absent: as for all. */
  readonly ownSide?: 'before' | 'after';
}

export interface Layout {
  readonly spans: readonly Span[];
  readonly pins: ReadonlyMap<string, Pin>;
}

/** `layout` after somebody else changed the field. */
export function layoutAfter({ spans, pins }: Layout, changes: Changes, unit: Unit): Layout {
  return {
    spans: editsOf(changes, unit).reduce<readonly Span[]>(rebased, spans),
    pins: pinsAfter(pins, changes, unit),
  };
}

/** `pins` after a change of the field that is ours. */
export function pinsAfterOurs(pins: Layout['pins'], changes: Changes, unit: Unit): Layout['pins'] {
  return new Map(
    [...pins].map(([name, pin]) => {
      const side = pin.ownSide ?? pin.side;
      return [name, { ...pin, at: placeAfter(pin.at, changes, { unit, side }) }];
    }),
  );
}

function pinsAfter(pins: Layout['pins'], changes: Changes, unit: Unit): Layout['pins'] {
  return new Map(
    [...pins].map(([name, pin]) => [name, { ...pin, at: placeAfter(pin.at, changes, { unit, side: pin.side }) }]),
  );
}

/** `changes` part by part, each in the field as it is after those before it. */
function editsOf(changes: Changes, unit: Unit): FieldEdit[] {
  const edits: FieldEdit[] = [];
  let at = 0;
  for (const part of changes) {
    if ('keep' in part) at += part.keep;
    else if ('remove' in part) edits.push({ at, remove: unit.length(part.remove), insert: 0 });
    else {
      const insert = unit.length(part.insert);
      edits.push({ at, remove: 0, insert });
      at += insert;
    }
  }
  return edits;
}
