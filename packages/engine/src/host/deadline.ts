// When patience with a plugin ends; time in which it waits for us does not count.

export interface Deadline {
  /** Stops the clock until the function that it gives is called. */
  pause(): () => void;
  stop(): void;
}

/** Calls `late` once `ms` milliseconds have run that were not paused. */
export function startDeadline(ms: number, late: () => void): Deadline {
  let leftMs = ms;
  let pauses = 0;
  let startedAtMs = performance.now();
  let timer: NodeJS.Timeout | undefined = setTimeout(late, leftMs);
  let stopped = false;

  return {
    pause() {
      if (pauses === 0) {
        clearTimeout(timer);
        leftMs -= performance.now() - startedAtMs;
      }
      pauses += 1;
      return () => {
        pauses -= 1;
        if (pauses > 0 || stopped) return;
        startedAtMs = performance.now();
        timer = setTimeout(late, Math.max(0, leftMs));
      };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
