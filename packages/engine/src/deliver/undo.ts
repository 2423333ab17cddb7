// Which sessions' texts can still be changed: of those that run, and the last ones before them.

import type { Outcome } from '@voiceinput/plugin-api';
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
  /** See `Writing.replace`. */
  replace(signal: AbortSignal): Promise<readonly Outcome[]>;
}

export interface UndoLog {
  /** Forgets the oldest of those that are over. */
  remember(sessionId: string, written: Undoable): void;
  /** No edits when nothing stands or the session is not known any more. */
  undo(sessionId: string, signal: AbortSignal): Promise<UndoResult>;
  /** No edits when nothing else stands or the session is not known any more. */
  replace(sessionId: string, signal: AbortSignal): Promise<readonly Outcome[]>;
}

/** Knows no dictation yet. */
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
    replace: async (sessionId, signal) => (await sessions.get(sessionId)?.replace(signal)) ?? [],
  };
}
