// When a field was last typed into, as far as it tells: where nobody hears keys.

/** Host times. */
export interface TypedTimes {
  /** Of the user's last key that is no modifier. */
  readonly lastKeyAtMs: number;
  /** Of the user's last press of the space bar. */
  readonly lastSpaceAtMs: number;
}

/** What one key did is told within so long: the text, then the caret. */
const TOGETHER_MS = 20;

/** Hears what a field tells. */
export class FieldTyped implements TypedTimes {
  lastKeyAtMs = Number.NEGATIVE_INFINITY;
  lastSpaceAtMs = Number.NEGATIVE_INFINITY;

  /** A change that is not our own. */
  changed(atMs: number, inserted: string | undefined): void {
    this.lastKeyAtMs = atMs;
    if (inserted === ' ') this.lastSpaceAtMs = atMs;
  }

  /** The caret went somewhere, and not for a change of ours: behind what was typed, or for an arrow or a click. */
  caretMoved(atMs: number): void {
    const isOfSpace = this.lastSpaceAtMs === this.lastKeyAtMs && atMs - this.lastKeyAtMs < TOGETHER_MS;
    this.changed(atMs, isOfSpace ? ' ' : undefined);
  }
}
