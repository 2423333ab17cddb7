// How one piece of work follows the signals of those who may call it off, and lets go of them afterwards.

/** A controller that is aborted when any of the signals is. `letGo` ends that; long-lived signals keep nothing of it. */
export interface Following {
  readonly control: AbortController;
  letGo(): void;
}

export function followAborts(...signals: readonly AbortSignal[]): Following {
  const control = new AbortController();
  const listeners = signals.map((signal) => {
    const abort = (): void => control.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
  return { control, letGo: () => listeners.forEach((remove) => remove()) };
}

/** What `work` gives, or the signal's reason as soon as it is aborted. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let letGo = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    letGo = () => signal.removeEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    letGo();
  }
}
