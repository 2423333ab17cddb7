// Work that must not overlap, one after the other.

export interface WorkQueue {
  /** Runs `work` after all that was added before, whatever became of that. Settles as `work` does. */
  add<T>(work: () => Promise<T>): Promise<T>;
  /** Settles when all that was added so far is done. Never rejects. */
  drained(): Promise<void>;
}

/** An empty queue. */
export function createWorkQueue(): WorkQueue {
  let tail: Promise<void> = Promise.resolve();
  return {
    add(work) {
      const done = tail.then(work);
      tail = done.then(
        () => undefined,
        () => undefined,
      );
      return done;
    },
    drained: () => tail,
  };
}
