// How what the tray knows changes, and when a dictation is old.

import type { Known } from './known.ts';

const OLD_AFTER_MS = 5_000;

export interface Room {
  readonly known: Known;
  change(next: (known: Known) => Known): void;
  close(): void;
}

/** Calls `changed` after each change. */
export function createRoom(first: Known, changed: (known: Known) => void): Room {
  let known = first;
  let aging: NodeJS.Timeout | undefined;

  function change(next: (known: Known) => Known): void {
    const { phase, sessionId } = known.view;
    known = next(known);
    if (known.view.phase !== phase || known.view.sessionId !== sessionId) grow();
    changed(known);
  }

  /** The newest dictation begins to age; while it goes on it stays new. */
  function grow(): void {
    clearTimeout(aging);
    const { phase } = known.view;
    if (phase === 'idle' || phase === 'listening' || phase === 'refining') return;
    aging = setTimeout(() => change((now) => ({ ...now, isOld: true })), OLD_AFTER_MS);
  }

  return {
    get known() {
      return known;
    },
    change,
    close: () => clearTimeout(aging),
  };
}
