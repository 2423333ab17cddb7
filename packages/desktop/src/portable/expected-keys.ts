// Which of the keys that are heard are our own, where the system does not tell: those that we still expect, in their order.

/** A key going down or up that we caused. */
export interface ExpectedKey {
  /** The key's code; `typed` for one that stands for a character, where nobody knows which it is. */
  readonly code: number | 'typed';
  readonly down: boolean;
  /** Whether some systems do not tell it: modifiers on macOS, releases of characters on Windows. */
  readonly optional: boolean;
}

export interface HeardKey {
  readonly code: number;
  readonly down: boolean;
}

/** What was not told within this time after the one before is never told. */
const PATIENCE_MS = 2_000;

/**
 * A key of the user's that looks like the one that we expect next is taken for ours, and ours for the user's a moment
 * later: the sum is right. Whoever counts keys must not trust their places while `isWaiting`.
 */
export class ExpectedKeys {
  readonly #isTyped: (code: number) => boolean;
  #queue: readonly ExpectedKey[] = [];
  #lateAtMs = Number.POSITIVE_INFINITY;

  /** `isTyped` says whether a key can stand for a character. */
  constructor(isTyped: (code: number) => boolean) {
    this.#isTyped = isTyped;
  }

  /** Whether a key of ours that every system tells was not heard yet. */
  get isWaiting(): boolean {
    return this.#queue.some(({ optional }) => !optional);
  }

  /** Announces keys, before they are sent. */
  expect(keys: readonly ExpectedKey[], nowMs: number): void {
    this.#queue = [...this.#queue, ...keys];
    this.#lateAtMs = nowMs + PATIENCE_MS;
  }

  /** Whether a key that was heard is one of ours; it is then expected no more. */
  take(heard: HeardKey, nowMs: number): boolean {
    const index = this.#queue.findIndex((key) => !key.optional || this.#fits(key, heard));
    const key = this.#queue[index];
    if (key === undefined || !this.#fits(key, heard)) return false;
    this.#queue = this.#queue.slice(index + 1);
    this.#lateAtMs = nowMs + PATIENCE_MS;
    return true;
  }

  /** Gives up what is late. Gives whether anything was lost that every system tells: from then on nobody knows what was ours. */
  expire(nowMs: number): boolean {
    if (nowMs < this.#lateAtMs) return false;
    const wasLost = this.isWaiting;
    this.#queue = [];
    this.#lateAtMs = Number.POSITIVE_INFINITY;
    return wasLost;
  }

  #fits(key: ExpectedKey, heard: HeardKey): boolean {
    if (key.down !== heard.down) return false;
    return key.code === 'typed' ? this.#isTyped(heard.code) : key.code === heard.code;
  }
}
