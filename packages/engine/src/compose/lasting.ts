// Which sources and sinks stay open for many dictations, which are opened for one, and what can be taken back of what they got.

import type { Device, ModelStore, PartOf } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { PartChoice } from '../configure/profile.ts';
import { createOrder } from '../deliver/order.ts';
import type { Turn } from '../deliver/order.ts';
import { createOwnership } from '../own/ownership.ts';
import { isLasting } from '../session/ports.ts';
import type { Opened } from '../session/ports.ts';
import { NOTHING_TAKEN_BACK } from '../session/write.ts';
import type { TakenBack } from '../session/write.ts';
import { createTrace } from '../trace/trace.ts';
import type { EventListener } from '../trace/trace.ts';
import { openRoom } from './container.ts';
import { openPart } from './parts.ts';
import type { Room } from './parts.ts';

/** How many dictations that are over can be taken back. */
const UNDOABLE_SESSIONS = 20;

/** What a session wrote, and that can be taken back. */
export interface Written {
  readonly over: Promise<unknown>;
  undo(): Promise<TakenBack>;
}

type Open<K extends 'source' | 'sink'> = (choice: PartChoice, signal: AbortSignal) => Promise<Opened<K, PartOf[K]>>;

/** Sources and sinks, the order in which dictations write into them, and what they wrote. */
export interface Places {
  readonly openSource: Open<'source'>;
  /** What a source could listen to; none when it has no devices to choose from. */
  devices(source: PartChoice, signal: AbortSignal): Promise<readonly Device[]>;
  /** Closes the sources that stayed open, this one excepted; to be asked when nobody listens to them. Rejects when one does not close. */
  readonly keepOnly: (source: PartChoice) => Promise<void>;
  readonly openSink: Open<'sink'>;
  readonly turnFor: (place: PartChoice) => Turn;
  remember(sessionId: string, written: Written): void;
  /** No edits when nothing stands or the session is not known any more. */
  undo(sessionId: string): Promise<TakenBack>;
}

/** Places that outlive engines: whoever opened them closes them, after all engines. */
export interface SharedPlaces extends Places {
  /** Rejects with an AggregateError when something did not close. */
  close(): Promise<void>;
}

export interface SharedPlacesOptions {
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
  /** Hears what sources and sinks log. */
  heard: EventListener;
}

/** For engines that follow each other: one field, one clipboard and one microphone are never in two hands. */
export function openPlaces({ plugins, models, heard }: SharedPlacesOptions): SharedPlaces {
  const trace = createTrace();
  trace.watch(heard);
  const ownership = createOwnership();
  return { ...placesIn(openRoom(models, trace, ownership), plugins), close: () => ownership.closeAll() };
}

/** Places that are closed with `room`. */
export function placesIn(room: Room, plugins: readonly Descriptor[]): Places {
  /** Those that run, and the last ones before them. */
  const sessions = new Map<string, Written>();
  const over: string[] = [];

  function find<K extends 'source' | 'sink'>(kind: K, { use }: PartChoice): Descriptor<K> {
    const found = plugins.find(
      (candidate): candidate is Descriptor<K> => candidate.plugin.kind === kind && candidate.plugin.id === use,
    );
    if (found !== undefined) return found;
    throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `There is no ${kind} "${use}" among the loaded plugins.`);
  }

  const sources = createKeeper((choice) => find('source', choice), room);
  return {
    openSource: sources.open,
    async devices(source, signal) {
      const { plugin, part } = await sources.open(source, signal);
      try {
        return (await part.devices?.(signal)) ?? [];
      } finally {
        if (!isLasting({ plugin })) await part.close();
      }
    },
    keepOnly: sources.keepOnly,
    openSink: createKeeper((choice) => find('sink', choice), room).open,
    turnFor: createOrder(),
    /** Forgets the oldest of those that are over. */
    remember(sessionId, written) {
      sessions.set(sessionId, written);
      const isOver = (): void => {
        over.push(sessionId);
        if (over.length > UNDOABLE_SESSIONS) sessions.delete(over.shift()!);
      };
      written.over.then(isOver, isOver);
    },
    undo: async (sessionId) => (await sessions.get(sessionId)?.undo()) ?? NOTHING_TAKEN_BACK,
  };
}

interface Keeper<K extends 'source' | 'sink'> {
  readonly open: Open<K>;
  readonly keepOnly: (choice: PartChoice) => Promise<void>;
}

interface Kept<K extends 'source' | 'sink'> {
  readonly opened: Opened<K, PartOf[K]>;
  /** Later calls give the first one's promise. */
  close(): Promise<void>;
}

/**
 * Gives parts: a lasting one is opened once for each set of options and closed with the engine, any other is opened anew
 * and belongs to whoever asked.
 */
function createKeeper<K extends 'source' | 'sink'>(find: (choice: PartChoice) => Descriptor<K>, room: Room): Keeper<K> {
  const kept = new Map<string, Promise<Kept<K>>>();

  async function openOnce({ plugin, url }: Descriptor<K>, { options }: PartChoice): Promise<Kept<K>> {
    const opened = await openPart<K>({ plugin, url }, options, room, room.closing);
    const ownership = createOwnership();
    ownership.own(plugin.id, () => opened.part.close());
    const close = (): Promise<void> => ownership.closeAll();
    room.ownership.own(plugin.id, close);
    return { opened, close };
  }

  return {
    async open(choice, signal) {
      const descriptor = find(choice);
      if (!isLasting(descriptor)) return openPart(descriptor, choice.options, room, signal);
      const key = JSON.stringify(choice);
      const opening = kept.get(key) ?? openOnce(descriptor, choice);
      kept.set(key, opening);
      // After a failure the next dictation tries again.
      opening.catch(() => kept.get(key) === opening && kept.delete(key));
      return (await opening).opened;
    },
    async keepOnly(choice) {
      const others = [...kept].filter(([key]) => key !== JSON.stringify(choice));
      for (const [key] of others) kept.delete(key);
      for (const [, opening] of others) await (await opening).close();
    },
  };
}
