// Decides which sources and sinks stay open for many dictations, and which are opened for one.

import type { PartOf } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { PartChoice } from '../configure/profile.ts';
import { isLasting } from '../session/ports.ts';
import type { Opened } from '../session/ports.ts';
import { openPart } from './parts.ts';
import type { Room } from './parts.ts';

/**
 * Gives parts: a lasting one is opened once for each set of options and closed with the engine, any other is opened anew
 * and belongs to whoever asked.
 */
export function createKeeper<K extends 'source' | 'sink'>(
  find: (choice: PartChoice) => Descriptor<K>,
  room: Room,
): (choice: PartChoice, signal: AbortSignal) => Promise<Opened<K, PartOf[K]>> {
  const kept = new Map<string, Promise<Opened<K, PartOf[K]>>>();

  async function openOnce(descriptor: Descriptor<K>, { options }: PartChoice): Promise<Opened<K, PartOf[K]>> {
    const opened = await openPart(descriptor, options, room, room.closing);
    room.ownership.own(descriptor.plugin.id, () => opened.part.close());
    return opened;
  }

  return async (choice, signal) => {
    const descriptor = find(choice);
    if (!isLasting(descriptor)) return openPart(descriptor, choice.options, room, signal);
    const key = JSON.stringify(choice);
    const opening = kept.get(key) ?? openOnce(descriptor, choice);
    kept.set(key, opening);
    // After a failure the next dictation tries again.
    opening.catch(() => kept.delete(key));
    return opening;
  };
}
