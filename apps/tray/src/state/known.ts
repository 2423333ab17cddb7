// What the tray knows: the daemon's picture, its lists, and what the user wants to see.

import { emptyView } from '@voiceinput/client';
import type {
  Finding,
  HistoryEntry,
  Model,
  Phase,
  RemoteCommand,
  RemoteDevice,
  Status,
  View,
} from '@voiceinput/client';
import type { Sign } from '../draw/glyphs.ts';
import { loudness } from '../draw/loudness.ts';
import type { Notifications } from '../menu/item.ts';
import type { Matter, Note } from '../notify/matter.ts';

export interface Known {
  readonly view: View;
  /** Absent until a daemon was reached. */
  readonly status: Status | undefined;
  readonly entries: readonly HistoryEntry[];
  readonly devices: readonly RemoteDevice[];
  readonly models: readonly Model[];
  readonly commands: readonly RemoteCommand[];
  /** Absent until this computer was checked. */
  readonly findings: readonly Finding[] | undefined;
  /** By model that is being fetched: how much of it is there, 0…1. */
  readonly fetching: Readonly<Record<string, number>>;
  /** How loud it was lately, each 0…1, the newest last; of the recording that is under way. */
  readonly loud: readonly number[];
  /** The newest dictation was shown long enough. */
  readonly isOld: boolean;
  readonly notifications: Notifications;
  /** Absent where there can be none. */
  readonly overlay: boolean | undefined;
  /** What the menu says because nothing else shows notifications. Absent where something does. */
  readonly notes: Readonly<Partial<Record<Matter, Note>>> | undefined;
}

const MOST_LOUD = 40;

export const nothingKnown: Known = {
  view: emptyView,
  status: undefined,
  entries: [],
  devices: [],
  models: [],
  commands: [],
  findings: undefined,
  fetching: {},
  loud: [],
  isOld: false,
  notifications: 'all',
  overlay: undefined,
  notes: undefined,
};

/** With a newer view. */
export function withView(known: Known, view: View): Known {
  const before = known.view;
  const isNew = view.phase !== before.phase || view.sessionId !== before.sessionId;
  const loud = view.phase !== 'listening' ? [] : [...known.loud, loudness(view.level)].slice(-MOST_LOUD);
  return { ...known, view, loud: view.level === before.level ? known.loud : loud, isOld: known.isOld && !isNew };
}

/** What needs nobody is not shown for long. */
const passing: ReadonlySet<Phase> = new Set<Phase>(['draft', 'refined', 'no-speech']);

/** What does not work as it should, the key first. */
export function troublesOf(status: Status | undefined): NonNullable<Status['troubles']> {
  if (status === undefined) return [];
  const { key, troubles = [] } = status;
  return [...(key.trouble === undefined ? [] : [key.trouble]), ...troubles];
}

/** What the icon stands for now. */
export function signOf({ view, isOld }: Known): Sign {
  if (!view.connected) return 'absent';
  return isOld && passing.has(view.phase) ? 'idle' : view.phase;
}
