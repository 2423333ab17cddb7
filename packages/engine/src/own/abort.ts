// How one piece of work follows the signals of those who may abort it, and stops following them afterwards.

/** A controller that is aborted when any of the signals is. `unfollow` ends that; long-lived signals keep nothing of it. */
export interface Following {
  readonly control: AbortController;
  unfollow(): void;
}

export function followAborts(...signals: readonly AbortSignal[]): Following {
  const control = new AbortController();
  const listeners = signals.map((signal) => {
    const abort = (): void => control.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
  return { control, unfollow: () => listeners.forEach((remove) => remove()) };
}

/** What `work` gives, or the signal's reason as soon as it is aborted. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopListening = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    stopListening = () => signal.removeEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}
