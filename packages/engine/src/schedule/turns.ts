// Whose turn it is where lanes must not work at the same time: the fast lane's first.

import type { LaneName } from '@voiceinput/plugin-api';

export interface Turns {
  /** Waits for the turn and gives the function that ends it. Rejects with the signal's reason on abort. */
  take(lane: LaneName, signal: AbortSignal): Promise<() => void>;
}

/** Nobody has the turn yet. */
export function createTurns(): Turns {
  const waiting: { readonly lane: LaneName; begin(): void }[] = [];
  let taken = false;

  function next(): void {
    const fast = waiting.findIndex(({ lane }) => lane === 'fast');
    const [entry] = waiting.splice(Math.max(fast, 0), 1);
    taken = entry !== undefined;
    entry?.begin();
  }

  return {
    take(lane, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(next);
        };
        const entry = { lane, begin };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(entry);
        if (!taken) next();
      });
    },
  };
}
