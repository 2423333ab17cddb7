// How the parts of a profile are opened: lanes and detectors at once, each closed with the engine.

import { availableParallelism } from 'node:os';
import type { Judge, LaneName, ModelStore, Postprocessor, PluginKind, PartOf, Vad } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { LaneSettings, PartChoice } from '../configure/profile.ts';
import { createPart } from '../host/create.ts';
import { hostRunner } from '../host/hosted-runner.ts';
import type { Ownership } from '../own/ownership.ts';
import { createLane } from '../schedule/lane.ts';
import type { Lane } from '../schedule/lane.ts';
import type { Turns } from '../schedule/turns.ts';
import type { OpenPart } from '../session/ports.ts';
import type { Trace } from '../trace/trace.ts';

/** What every part is opened with. */
export interface Room {
  readonly models: ModelStore;
  readonly trace: Trace;
  readonly ownership: Ownership;
  /** Aborted when the room closes. */
  readonly closing: AbortSignal;
  /** Aborts `closing`: what is still opening ends, and nothing is opened any more. What is open stays until it is closed. */
  stopOpening(): void;
}

/** Opens something once; a failure is not kept, the next call tries again. */
export type Lazy<T> = () => Promise<T>;

export interface LaneRequest {
  readonly name: LaneName;
  readonly choice: PartChoice;
  readonly settings: LaneSettings;
  /** Sound around speech that its clips have, in milliseconds. Absent: as it was cut. */
  readonly padMs?: number | undefined;
  /** Shared by lanes that must not work at the same time. */
  readonly turns: Turns;
  /** Opened when it is needed first. Default: false. */
  readonly lazy?: boolean;
}

/** Opens the runner of a lane; it is closed with the room. Throws `ERR_PLUGIN_NOT_FOUND`. */
export function openLane(
  { name, choice, settings, padMs, turns, lazy = false }: LaneRequest,
  descriptors: readonly Descriptor<'runner'>[],
  room: Room,
): Lane {
  const { plugin, url } = find(choice, descriptors);
  const { concurrent = availableParallelism() > 1, idleUnloadMs, deadlineFactor } = settings;
  const spec = { pluginId: plugin.id, url, options: choice.options, lowPriority: name === 'refine' };
  const { trace } = room;
  const log = (message: string): void => void trace.emit({ type: 'log', from: plugin.id, message });
  const lane = createLane(
    name,
    {
      ...(!concurrent && { turns }),
      ...(idleUnloadMs !== undefined && { idleUnloadMs }),
      ...(deadlineFactor !== undefined && { deadlineFactor }),
      uses: plugin.capabilities,
      ...(padMs !== undefined && { padMs }),
      host: () => hostRunner({ spec, models: room.models, log }),
      ready: ({ pid = 0 }, startMs) => void trace.emit({ type: 'lane-ready', lane: name, pid, startMs }),
      unloaded: ({ pid = 0 }) => void trace.emit({ type: 'lane-unloaded', lane: name, pid }),
      died: ({ pid = 0 }, reason) => void trace.emit({ type: 'lane-died', lane: name, pid, error: reason.toJSON() }),
    },
    { lazy },
  );
  room.ownership.own(`${name} lane`, () => lane.close());
  return lane;
}

/** The profile's detector, closed with the room. */
export function lazyVad(
  choice: PartChoice,
  descriptors: readonly Descriptor<'vad'>[],
  room: Room,
): Lazy<OpenPart<'vad', Vad>> {
  return once(() => openShared(find(choice, descriptors), choice, room));
}

/** Nothing for a profile without one. */
export function lazyJudge(
  choice: PartChoice | undefined,
  descriptors: readonly Descriptor<'judge'>[],
  room: Room,
): Lazy<OpenPart<'judge', Judge> | undefined> {
  return once(async () => (choice === undefined ? undefined : openShared(find(choice, descriptors), choice, room)));
}

/** The profile's post-processors in their order, closed with the room. */
export function lazyPostprocessors(
  choices: readonly PartChoice[],
  descriptors: readonly Descriptor<'postprocessor'>[],
  room: Room,
): Lazy<readonly OpenPart<'postprocessor', Postprocessor>[]> {
  return once(() => Promise.all(choices.map((choice) => openShared(find(choice, descriptors), choice, room))));
}

/** A part that lives as long as the engine. */
async function openShared<K extends PluginKind>(
  descriptor: Descriptor<K>,
  choice: PartChoice,
  room: Room,
): Promise<OpenPart<K, PartOf[K]>> {
  const opened = await openPart(descriptor, choice.options, room, room.closing);
  room.ownership.own(choice.use, () => opened.part.close());
  return opened;
}

/** A part that whoever asked for it closes. */
export async function openPart<K extends PluginKind>(
  descriptor: Descriptor<K>,
  options: PartChoice['options'],
  { models, trace }: Room,
  signal: AbortSignal,
): Promise<OpenPart<K, PartOf[K]>> {
  const log = (message: string): void => void trace.emit({ type: 'log', from: descriptor.plugin.id, message });
  const warn = (error: VoiceInputError): void => void trace.emit({ type: 'warning', error: error.toJSON() });
  return { plugin: descriptor.plugin, part: await createPart({ descriptor, options, models, log, warn }, signal) };
}

function find<K extends PluginKind>({ use }: PartChoice, descriptors: readonly Descriptor<K>[]): Descriptor<K> {
  const found = descriptors.find(({ plugin }) => plugin.id === use);
  if (found !== undefined) return found;
  const known = descriptors.map(({ plugin }) => plugin.id).join(', ');
  throw new VoiceInputError(
    'ERR_PLUGIN_NOT_FOUND',
    `The profile uses "${use}", but only these are loaded: ${known || 'none'}.`,
  );
}

function once<T>(open: () => Promise<T>): Lazy<T> {
  let opening: Promise<T> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}
