// What engines that follow each other have in common: open sources and sinks, whose turn it is to write, what can be undone.

import type { ModelStore } from '@voiceinput/plugin-api';
import type { Descriptor } from '../admit/load.ts';
import type { PartChoice } from '../configure/profile.ts';
import { createOrder } from '../deliver/order.ts';
import type { Turn } from '../deliver/order.ts';
import { createUndoLog } from '../deliver/undo.ts';
import type { UndoLog } from '../deliver/undo.ts';
import { createOwnership } from '../own/ownership.ts';
import { createTrace } from '../trace/trace.ts';
import type { EventListener } from '../trace/trace.ts';
import { openRoom } from './container.ts';
import { lastingPartsIn } from './lasting.ts';
import type { LastingParts } from './lasting.ts';
import type { Room } from './parts.ts';

export interface SharedParts extends LastingParts {
  /** Dictations into the same sink write in the order in which they asked. */
  readonly turnFor: (sink: PartChoice) => Turn;
  readonly undoLog: UndoLog;
}

/** Parts that outlive engines: whoever opened them closes them, after all engines. */
export interface OwnedSharedParts extends SharedParts {
  /** Rejects with an AggregateError when something did not close. */
  close(): Promise<void>;
}

export interface SharedPartsOptions {
  readonly plugins: readonly Descriptor[];
  readonly models: ModelStore;
  /** Hears what sources and sinks log. */
  heard: EventListener;
}

/** For engines that follow each other: one field, one clipboard and one microphone are never in two hands. */
export function openSharedParts({ plugins, models, heard }: SharedPartsOptions): OwnedSharedParts {
  const trace = createTrace();
  trace.watch(heard);
  const ownership = createOwnership();
  const room = openRoom(models, trace, ownership);
  return {
    ...sharedPartsIn(room, plugins),
    close() {
      room.stopOpening();
      return ownership.closeAll();
    },
  };
}

/** Parts of one engine, closed with `room`. */
export function sharedPartsIn(room: Room, plugins: readonly Descriptor[]): SharedParts {
  return { ...lastingPartsIn(room, plugins), turnFor: createOrder(), undoLog: createUndoLog() };
}
