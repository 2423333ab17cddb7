// How new text gets into a window as that of the seat's input method: once, at the caret, and nothing that stands is touched.

import { setTimeout as pause } from 'node:timers/promises';
import type { FieldOutcome, FieldWrite, Rewrite } from '@voiceinput/field';
import type { Target } from '../pin/target.ts';
import type { SeatInput } from './seat-input.ts';

/** Whoever has not typed for so long is not in the middle of a word. */
const PAUSE_MS = 300;
/** Whoever never pauses is not waited for longer. */
const MOST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 10;
const IN_WORD = /[\p{L}\p{M}\p{N}'’_-]$/u;

const offered = (reason: string): FieldOutcome => ({ kind: 'offered', reason });

/** All of `rewrites` is new. */
export async function throughSeat(
  seat: SeatInput | undefined,
  { activation }: Pick<Target, 'activation'>,
  { rewrites, signal }: Pick<FieldWrite, 'rewrites' | 'signal'>,
): Promise<FieldOutcome> {
  if (seat === undefined || activation === undefined) return offered('not-reachable');
  if (!(await isBetweenWords(seat, activation, signal))) return offered('busy');
  return seat.insert(activation, textOf(rewrites))
    ? { kind: 'applied', proof: 'unverified' }
    : offered('focus-changed');
}

/** A space that already stands behind the dictation goes in behind the new text once more, and not before it. */
function textOf(rewrites: readonly Rewrite[]): string {
  const text = rewrites.flatMap(({ changes, after }) => (changes.length > 0 ? [after] : [])).join('');
  return rewrites.at(-1)?.before === ' ' ? `${text.replace(/^ /, '')} ` : text;
}

/** Whether the user is not typing a word there; a field that tells nothing is taken at its word. */
async function isBetweenWords(seat: SeatInput, activation: number, signal: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + MOST_WAIT_MS;
  do {
    const before = await seat.before(activation);
    signal.throwIfAborted();
    if (before === undefined || !IN_WORD.test(before) || performance.now() - seat.changedAtMs >= PAUSE_MS) return true;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  } while (performance.now() < untilMs);
  return false;
}
