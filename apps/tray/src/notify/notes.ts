// What becomes of notifications where there is nobody to show them: they are noted for the menu.

import { isDeepStrictEqual } from 'node:util';
import type { Room } from '../state/room.ts';
import type { Notifier } from './notifier.ts';

/** `room` is asked for at the first note, because the room shows its notes here. */
export function notesIn(room: () => Room): Notifier {
  return {
    show(matter, note) {
      const { known, change } = room();
      const { [matter]: before, ...others } = known.notes ?? {};
      if (isDeepStrictEqual(note, before)) return;
      change((now) => ({ ...now, notes: note === undefined ? others : { ...others, [matter]: note } }));
    },
    close: async () => undefined,
  };
}
