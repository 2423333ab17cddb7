// Who may use the history's files when: any number read at once, and nobody while they are rewritten.

export interface HistoryAccess {
  /** Runs `work` beside others that read, after what is being rewritten. */
  read<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` alone, after all that was begun before. It must not ask for either itself. */
  rewrite<T>(work: () => Promise<T>): Promise<T>;
}

/** Keeps reading and rewriting apart, in the order in which they are asked for. */
export function separateRewriting(): HistoryAccess {
  const reading = new Set<Promise<unknown>>();
  let rewritten: Promise<unknown> = Promise.resolve();
  return {
    read(work) {
      const done = rewritten.then(work);
      const ended: Promise<unknown> = done.then(
        () => reading.delete(ended),
        () => reading.delete(ended),
      );
      reading.add(ended);
      return done;
    },
    rewrite(work) {
      const done = Promise.all([rewritten, ...reading]).then(work);
      rewritten = done.catch(() => undefined);
      return done;
    },
  };
}
