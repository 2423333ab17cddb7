// When keys of ours go out while the user types: right after a key, for the next one is far then.

import { setTimeout as pause } from 'node:timers/promises';

/** Whoever has not typed for so long is not typing. */
const TYPING_MS = 1_000;
const NEXT_KEY_MS = 400;
/** So long an application takes to handle a key. */
const HANDLED_MS = 12;
const LOOK_EVERY_MS = 2;

/** Waits, while the user types, until a key has just been handled. `lastKeyAtMs` gives the host time of the user's last key. */
export async function afterKey(lastKeyAtMs: () => number, signal: AbortSignal): Promise<void> {
  const begunAtMs = performance.now();
  const before = lastKeyAtMs();
  if (begunAtMs - before > TYPING_MS) return;
  const isWaiting = (): boolean => lastKeyAtMs() === before && performance.now() - begunAtMs < NEXT_KEY_MS;
  while (isWaiting()) await pause(LOOK_EVERY_MS, undefined, { signal });
  await pause(HANDLED_MS, undefined, { signal });
}
