// Sorts what a field tells, and how it answers our calls, into changes of ours and of somebody else.

import type { Move } from '../change/steps.ts';
import type { Unit } from '../change/unit.ts';
import { fits, isDoneBy } from './told.ts';
import type { Told } from './told.ts';

export interface Sorted {
  /** A move of ours was done; `told` is what the field told of it, nothing where it told nothing. */
  ours(move: Move, told: readonly Told[]): void;
  foreign(told: Told): void;
}

/** An application that tells nothing of a change at once tells it with the next ones, or never. */
const MOST_LATE = 100;

/**
 * Signals and answers of an application come in the order in which it made them, and it makes a change before it answers
 * the call that asked for it: what was told last before an answer is that call's, all that was told before it the user's.
 */
export class Attribution {
  readonly #unit: () => Unit;
  readonly #sorted: Sorted;
  /** Moves that are sent and not answered, in order. */
  #sent: Move[] = [];
  /** What was told since the last answer. */
  #waiting: Told[] = [];
  /** Moves that are done and not told. */
  #late: Move[] = [];

  constructor(unit: () => Unit, sorted: Sorted) {
    this.#unit = unit;
    this.#sorted = sorted;
  }

  /** Whether answers are still to come. */
  get isWaiting(): boolean {
    return this.#sent.length > 0;
  }

  /** Moves that are sent and not answered, in order. */
  get sent(): readonly Move[] {
    return this.#sent;
  }

  /** Begins to write anew: what was not told until now is not told any more. */
  begin(): void {
    this.#late = [];
  }

  send(move: Move): void {
    this.#sent.push(move);
  }

  hear(told: Told): void {
    if (this.isWaiting) this.#waiting.push(told);
    else this.#sortForeign(told);
  }

  /** The oldest call was answered: whether its move was done. */
  answer(isDone: boolean): void {
    const move = this.#sent.shift();
    const waiting = this.#waiting.splice(0);
    if (move === undefined || !isDone) return this.#sortAll(waiting);
    const own = this.#ownAmong(move, waiting);
    this.#sortAll(waiting.slice(0, waiting.length - own));
    if (own === 0) this.#late = [...this.#late, move].slice(-MOST_LATE);
    this.#sorted.ours(move, waiting.slice(waiting.length - own));
  }

  /** How many of the last ones `move` did. */
  #ownAmong(move: Move, waiting: readonly Told[]): number {
    for (let count = 1; count <= waiting.length; count += 1)
      if (isDoneBy(move, waiting.slice(-count), this.#unit())) return count;
    return 0;
  }

  #sortAll(told: readonly Told[]): void {
    for (const one of told) this.#sortForeign(one);
  }

  #sortForeign(told: Told): void {
    const unit = this.#unit();
    const index = this.#late.findIndex((move) => fits(move, told, unit) && (told.text ?? move.text) === move.text);
    if (index === -1) this.#sorted.foreign(told);
    else this.#late.splice(index, 1);
  }
}
