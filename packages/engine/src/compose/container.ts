// How the engine's pieces find each other: the only room that knows inversify.

import type { Judge, LaneName, ModelStore, PluginKind, Postprocessor, Vad } from '@voiceinput/plugin-api';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { isDeepStrictEqual } from 'node:util';
import { Container } from 'inversify';
import type { ServiceIdentifier } from 'inversify';
import type { Descriptor } from '../admit/load.ts';
import type { PartChoice, Profile } from '../configure/profile.ts';
import { createOwnership } from '../own/ownership.ts';
import type { Ownership } from '../own/ownership.ts';
import type { Lane } from '../schedule/lane.ts';
import { createTurns } from '../schedule/turns.ts';
import type { LanguageLane, OpenPart } from '../session/ports.ts';
import { createTrace } from '../trace/trace.ts';
import type { Trace } from '../trace/trace.ts';
import { lazyJudge, lazyPostprocessors, lazyVad, openLane } from './parts.ts';
import type { Lazy, Room } from './parts.ts';

export interface Lanes {
  readonly fast: Lane;
  /** Absent without hybrid. */
  readonly refine?: Lane;
  /** By the language of a draft; `refine` reads all others. They open when they are needed first. */
  readonly refineFor?: readonly LanguageLane[];
}

export interface Composition {
  readonly profile: Profile;
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
}

const id = <T>(name: string): ServiceIdentifier<T> => Symbol.for(`voiceinput.${name}`);

const profileId = id<Profile>('profile');
const modelsId = id<ModelStore>('models');
const traceId = id<Trace>('trace');
const ownershipId = id<Ownership>('ownership');

export const roomId = id<Room>('room');
export const lanesId = id<Lanes>('lanes');
export const vadId = id<Lazy<OpenPart<'vad', Vad>>>('vad');
export const judgeId = id<Lazy<OpenPart<'judge', Judge> | undefined>>('judge');
export const postprocessorsId = id<Lazy<readonly OpenPart<'postprocessor', Postprocessor>[]>>('postprocessors');

/** All plugins of one kind are bound, unnamed, to one id. */
const pluginsId = <K extends PluginKind>(kind: K) => id<Descriptor<K>>(`plugin.${kind}`);
const allOf = <K extends PluginKind>(kind: K) => ({
  isMultiple: true as const,
  optional: true as const,
  serviceIdentifier: pluginsId(kind),
});

/** What gives lanes, detector, judge and post-processors of a profile; each is made when it is first asked for. */
export function compose({ profile, plugins, models }: Composition): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(profileId).toConstantValue(profile);
  container.bind(modelsId).toConstantValue(models);
  container.bind(traceId).toResolvedValue(createTrace);
  container.bind(ownershipId).toResolvedValue(createOwnership);
  container.bind(roomId).toResolvedValue(openRoom, [modelsId, traceId, ownershipId]);
  for (const descriptor of plugins) container.bind(pluginsId(descriptor.plugin.kind)).toConstantValue(descriptor);

  container.bind(lanesId).toResolvedValue(openLanes, [profileId, allOf('runner'), roomId]);
  container
    .bind(vadId)
    .toResolvedValue(
      ({ vad }, found: Descriptor<'vad'>[] | undefined, room) => lazyVad(vad, found ?? [], room),
      [profileId, allOf('vad'), roomId],
    );
  container
    .bind(judgeId)
    .toResolvedValue(
      ({ judge }, found: Descriptor<'judge'>[] | undefined, room) => lazyJudge(judge, found ?? [], room),
      [profileId, allOf('judge'), roomId],
    );
  container
    .bind(postprocessorsId)
    .toResolvedValue(
      ({ post }, found: Descriptor<'postprocessor'>[] | undefined, room) => lazyPostprocessors(post, found ?? [], room),
      [profileId, allOf('postprocessor'), roomId],
    );
  return container;
}

/** What the parts of one engine, or of several that follow each other, are opened with. */
export function openRoom(models: ModelStore, trace: Trace, ownership: Ownership): Room {
  const closing = new AbortController();
  return {
    models,
    trace,
    ownership,
    closing: closing.signal,
    stopOpening: () => closing.abort(new VoiceInputError('ERR_ABORTED', 'The engine is closing.')),
  };
}

function openLanes(profile: Profile, found: Descriptor<'runner'>[] | undefined, room: Room): Lanes {
  const turns = createTurns();
  const shared = { settings: profile.lanes, turns };
  const open = (name: LaneName): Lane => openOf(name, profile[name], false);
  const openRefine = (choice: PartChoice): Lane => openOf('refine', choice, true);
  const openOf = (name: LaneName, choice: PartChoice, lazy: boolean): Lane =>
    openLane({ ...shared, name, choice, padMs: profile.padMsOf?.[choice.use], lazy }, found ?? [], room);
  const fast = open('fast');
  if (!profile.hybrid) return { fast };
  const refine = open('refine');
  const refineFor = profile.refineFor?.map(({ languages, ...choice }) => ({
    languages,
    lane: isDeepStrictEqual(choice, profile.refine) ? refine : openRefine(choice),
  }));
  return { fast, refine, ...(refineFor && { refineFor }) };
}
