// From when on latency counts, and who wants to know that the speaker has come to an end.

export interface ReleaseTime {
  /** Host time in ms. Absent until it is known. */
  readonly atMs: number | undefined;
  /** Nobody speaks live: latency counts from here. */
  countFrom(atMs: number): void;
  /** The speaker has come to an end, and latency counts from here. */
  tell(atMs: number): void;
  /** Calls `listener` when the speaker comes to an end, or at once when that was before. */
  onTold(listener: () => void): void;
}

/** Nothing is known yet. */
export function createReleaseTime(): ReleaseTime {
  let known: number | undefined;
  let isTold = false;
  let hear = (): void => undefined;
  return {
    get atMs() {
      return known;
    },
    countFrom: (atMs) => void (known = atMs),
    tell(atMs) {
      known = atMs;
      isTold = true;
      hear();
    },
    onTold(listener) {
      hear = listener;
      if (isTold) listener();
    },
  };
}
