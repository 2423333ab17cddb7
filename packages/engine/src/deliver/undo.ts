// Which sessions can still be undone: those that run, and the last ones before them.

import { NOTHING_UNDONE } from './writing.ts';
import type { UndoResult } from './writing.ts';

/** How many sessions that are over can be undone. */
const UNDOABLE_SESSIONS = 20;

/** What a session wrote. */
export interface Undoable {
  /** Settles when the session is over. */
  readonly over: Promise<unknown>;
  /** See `Writing.undo`. */
  undo(signal: AbortSignal): Promise<UndoResult>;
}

export interface UndoLog {
  /** Forgets the oldest of those that are over. */
  remember(sessionId: string, written: Undoable): void;
  /** No edits when nothing stands or the session is not known any more. */
  undo(sessionId: string, signal: AbortSignal): Promise<UndoResult>;
}

export function createUndoLog(): UndoLog {
  const sessions = new Map<string, Undoable>();
  const over: string[] = [];
  return {
    remember(sessionId, written) {
      sessions.set(sessionId, written);
      const isOver = (): void => {
        over.push(sessionId);
        if (over.length > UNDOABLE_SESSIONS) sessions.delete(over.shift()!);
      };
      written.over.then(isOver, isOver);
    },
    undo: async (sessionId, signal) => (await sessions.get(sessionId)?.undo(signal)) ?? NOTHING_UNDONE,
  };
}
