// Writes a field until it is as it should be, or again as it was.

import type { Move } from '../change/steps.ts';
import type { Ledger } from './ledger.ts';

/** A user who is faster every time is let be after so many rounds. */
const MOST_ROUNDS = 8;

/**
 * Does what a ledger's writing has left to do, round by round, until nothing is left; ends the writing. `send` puts moves
 * on their way, all in one write, announces each to the ledger and resolves when they are answered; it may wait for a
 * moment at which the user is not about to type.
 */
export async function finish(
  ledger: Ledger,
  send: (moves: readonly Move[], round: number) => Promise<boolean>,
): Promise<'done' | 'undone' | 'half'> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const moves = ledger.left();
    if (moves.length === 0) break;
    if (!(await send(moves, round))) break;
  }
  return ledger.end();
}
