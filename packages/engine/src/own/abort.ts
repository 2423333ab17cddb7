// How one piece of work follows the signals of those who may abort it, and stops following them afterwards.

/** A controller that is aborted when any of the signals is. `unfollow` ends that; long-lived signals keep nothing of it. */
export interface Following {
  readonly control: AbortController;
  unfollow(): void;
}

/** A controller that follows `signals` until `unfollow`; the first one that is aborted gives the reason. */
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
