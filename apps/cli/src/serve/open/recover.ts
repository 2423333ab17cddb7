// What becomes of recordings whose daemon ended before they were read: they are read now, into the history only.

import type { HistoryEntry } from '@voiceinput/client';
import type { History } from '../../history/history.ts';
import type { Broadcast } from '../answer/broadcast.ts';
import type { Dictations } from '../dictate/dictations.ts';
import type { Engines } from './engines.ts';

export interface Recovery {
  readonly history: History;
  readonly dictations: Dictations;
  readonly engines: Engines;
  readonly broadcast: Broadcast;
  recovered(entry: HistoryEntry): void;
}

/** Reads the recordings `ids` one after the other. A recording that cannot be read stays where it is. */
export async function recover(ids: readonly string[], recovery: Recovery, signal: AbortSignal): Promise<void> {
  const { history, dictations, engines, broadcast, recovered } = recovery;
  for (const id of ids) {
    if (signal.aborted) return;
    const { engine, profile } = engines.now;
    const path = history.recordings.pathOf(id);
    const entry = await dictations.reread({ id, mode: 'recovered', engine, path, profile: profile.name });
    // The daemon ends; the next one reads it.
    if (entry.outcome === 'cancelled') return;
    broadcast.emit({ type: 'recovered', sessionId: id, outcome: entry.outcome });
    recovered(entry);
  }
}

/** Recordings that the history knows nothing of. Those that hold nothing go. */
export async function orphans({ recordings, has }: History): Promise<string[]> {
  const lost: string[] = [];
  for (const id of await recordings.ids()) {
    if (await has(id)) continue;
    if (await recordings.isEmpty(id)) await recordings.remove(id);
    else lost.push(id);
  }
  return lost;
}
