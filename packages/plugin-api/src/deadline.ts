// When patience with somebody ends. Only time counts in which this process ran itself and did not keep them waiting.

/** A deadline that runs. */
export interface Deadline {
  /** Stops the clock until the function that it returns is called. */
  pause(): () => void;
  /** Ends it for good; `late` is not called any more. */
  stop(): void;
}

/**
 * The clock goes in slices: one that took longer than it should counts no more than a slice. So the time in which the
 * machine slept, this process was stopped or could not run is nobody's fault.
 */
const SLICE_MS = 500;

/** Calls `late` once `ms` milliseconds have run that were not paused, and after all that had arrived by then was handled. */
export function startDeadline(ms: number, late: () => void): Deadline {
  let leftMs = ms;
  let pauses = 0;
  let stopped = false;
  let sliceStartedAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let lastLook: NodeJS.Immediate | undefined;

  function startSlice(): void {
    sliceStartedAtMs = performance.now();
    timer = setTimeout(endSlice, Math.max(0, Math.min(SLICE_MS, leftMs)));
  }

  function endSlice(): void {
    leftMs -= SLICE_MS;
    if (leftMs > 0) return startSlice();
    // What came while this process did not run is read before an immediate is called.
    lastLook = setImmediate(() => {
      if (!stopped && pauses === 0) late();
    });
  }

  startSlice();
  return {
    pause() {
      if (pauses === 0) {
        clearTimeout(timer);
        clearImmediate(lastLook);
        leftMs -= Math.min(SLICE_MS, performance.now() - sliceStartedAtMs);
      }
      pauses += 1;
      return () => {
        pauses -= 1;
        if (pauses === 0 && !stopped) startSlice();
      };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearImmediate(lastLook);
    },
  };
}

/**
 * What `work` gives; rejects with `late()` when it has not settled after `ms` milliseconds in which this process ran.
 * What `work` does after that is for whoever began it.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let deadline: Deadline | undefined;
  const expired = new Promise<never>((_, reject) => (deadline = startDeadline(ms, () => reject(late()))));
  try {
    return await Promise.race([work, expired]);
  } finally {
    deadline?.stop();
  }
}
