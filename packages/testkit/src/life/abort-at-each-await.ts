// Work that is aborted at one await after the other.

import { soon } from '../conformance/check.ts';

/** After how many turns of the event loop the abort comes. */
const TURNS = [0, 1, 2, 4, 8, 16, 64];

/**
 * Calls `work` again and again; each time its signal is aborted some turns of the event loop later, until `work` is done
 * before the abort comes. Rejects when `work` has not settled within `patienceMs`, or failed before it was aborted.
 * How it settles after the abort is for `work` to say.
 */
export async function abortAtEachAwait(
  work: (signal: AbortSignal) => Promise<unknown>,
  patienceMs: number,
): Promise<void> {
  for (const turns of TURNS) {
    const control = new AbortController();
    let isDone = false;
    const working = soon(work(control.signal), patienceMs, `What is aborted after ${turns} turns`).then(
      () => (isDone = true),
      (error: unknown) => {
        if (!control.signal.aborted || isImpatience(error)) throw error;
      },
    );
    await Promise.race([working, turnsLater(turns)]);
    if (isDone) return;
    control.abort(new Error('The test aborts.'));
    await working;
  }
}

const isImpatience = (error: unknown): boolean => error instanceof Error && error.message.includes('did not settle');

async function turnsLater(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
