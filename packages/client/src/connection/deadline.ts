// How long an answer may take before whoever asked is told that none comes.

/** A timer that is later than this by itself: this process was stopped, and so perhaps was the other one. */
const STOPPED_MS = 1_000;

/**
 * What `work` gives, or a rejection with `late()` when it has not settled after `afterMs`. Time in which this process was
 * stopped or the machine slept does not count.
 */
export async function withDeadline<T>(work: Promise<T>, afterMs: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    const wait = (): void => {
      const dueMs = performance.now() + afterMs;
      timer = setTimeout(() => (performance.now() - dueMs > STOPPED_MS ? wait() : reject(late())), afterMs);
    };
    wait();
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
