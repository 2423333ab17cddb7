// In which order dictations into the same place write: in the order in which they were spoken.

/** One dictation's place in the order. */
export interface Turn {
  /** Settles when the dictations before have all their drafts in place, or are over. */
  readonly ready: Promise<void>;
  /** Lets the next one write. Later calls do nothing. */
  release(): void;
}

/** Gives each that asks for the same `place` its turn, after all who asked before. Places are compared as JSON. */
export function createOrder(): (place: unknown) => Turn {
  const tails = new Map<string, Promise<void>>();
  return (place) => {
    const key = JSON.stringify(place);
    const ready = tails.get(key) ?? Promise.resolve();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const tail = ready.then(() => released);
    tails.set(key, tail);
    void tail.then(() => tails.get(key) === tail && tails.delete(key));
    return { ready, release };
  };
}
