// Which sources and sinks stay open for many dictations, and which are opened for one.

import type { Device, FocusedPlace, PartOf } from '@voiceinput/plugin-api';
import { unlessAborted, VoiceInputError } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { PartChoice } from '../configure/profile.ts';
import { devicesFrom, focusedPlaceFrom } from '../host/answers.ts';
import { callPlugin } from '../host/call.ts';
import { closeInTime, createOwnership } from '../own/ownership.ts';
import { isLasting } from '../session/ports.ts';
import type { OpenPart } from '../session/ports.ts';
import { openPart } from './parts.ts';
import type { Room } from './parts.ts';

const DEVICES_DEADLINE_MS = 10_000;
const LOOK_DEADLINE_MS = 10_000;

type Open<K extends 'source' | 'sink'> = (choice: PartChoice, signal: AbortSignal) => Promise<OpenPart<K, PartOf[K]>>;

export interface LastingParts {
  readonly openSource: Open<'source'>;
  readonly openSink: Open<'sink'>;
  /** What a source could listen to; none when it has no devices to choose from. */
  devices(source: PartChoice, signal: AbortSignal): Promise<readonly Device[]>;
  /** What has the focus and how far a sink goes there. Absent when nothing has, or the sink does not say. */
  look(sink: PartChoice, signal: AbortSignal): Promise<FocusedPlace | undefined>;
  /** Closes the sources that stayed open, this one excepted; to be asked when nobody listens to them. Rejects when one does not close. */
  readonly keepOnly: (source: PartChoice) => Promise<void>;
}

/** Lasting parts are closed with `room`; any other belongs to whoever opened it. */
export function lastingPartsIn(room: Room, plugins: readonly Descriptor[]): LastingParts {
  function find<K extends 'source' | 'sink'>(kind: K, { use }: PartChoice): Descriptor<K> {
    const found = plugins.find(
      (candidate): candidate is Descriptor<K> => candidate.plugin.kind === kind && candidate.plugin.id === use,
    );
    if (found !== undefined) return found;
    throw new VoiceInputError('ERR_PLUGIN_NOT_FOUND', `No ${kind} plugin "${use}" is loaded.`);
  }

  const sources = createKeeper((choice) => find('source', choice), room);
  const sinks = createKeeper((choice) => find('sink', choice), room);
  return {
    openSource: sources.open,
    openSink: sinks.open,
    keepOnly: sources.keepOnly,
    async devices(source, signal) {
      const { plugin, part } = await sources.open(source, signal);
      const call = { pluginId: plugin.id, method: 'devices', deadlineMs: DEVICES_DEADLINE_MS, signal };
      try {
        return await callPlugin(call, async (callSignal) => devicesFrom(await part.devices?.(callSignal)));
      } finally {
        if (!isLasting({ plugin })) await closeInTime(plugin.id, () => part.close());
      }
    },
    async look(sink, signal) {
      const { plugin, part } = await sinks.open(sink, signal);
      const call = { pluginId: plugin.id, method: 'look', deadlineMs: LOOK_DEADLINE_MS, signal };
      try {
        return await callPlugin(call, async (callSignal) => focusedPlaceFrom(await part.look?.(callSignal)));
      } finally {
        if (!isLasting({ plugin })) await closeInTime(plugin.id, () => part.close());
      }
    },
  };
}

interface Keeper<K extends 'source' | 'sink'> {
  readonly open: Open<K>;
  readonly keepOnly: (choice: PartChoice) => Promise<void>;
}

interface Kept<K extends 'source' | 'sink'> {
  readonly opened: OpenPart<K, PartOf[K]>;
  /** Later calls give the first one's promise. */
  close(): Promise<void>;
}

/** Opens a lasting part once for each set of options, any other anew. */
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
      return (await unlessAborted(opening, signal)).opened;
    },
    async keepOnly(choice) {
      const others = [...kept].filter(([key]) => key !== JSON.stringify(choice));
      for (const [key] of others) kept.delete(key);
      for (const [, opening] of others) await opening.then((part) => part.close(), whyNotOpen);
    },
  };
}

/** What did not open needs no closing; whoever asked for it has heard why. */
const whyNotOpen = (): void => undefined;
