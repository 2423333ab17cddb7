// Whether the application that pastes has fetched what was lent to it.

import type { Connection } from '../connection.ts';
import type { Serving } from './serving.ts';

export interface Taking {
  /** Settles when it was fetched and the application did not ask again for a while. Never settles else. */
  readonly taken: Promise<'taken'>;
  stop(): void;
}

/** Programs ask for several forms, one after the other; Chromium asks again which there are before it takes the text. */
const QUIET_MS = 120;

export function watchTaking({ isSameClient }: Connection, serving: Serving, windowId: number): Taking {
  let quiet: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const taken = new Promise<'taken'>((resolve) => {
    stop = serving.onAsked((requestor, what) => {
      if (!isSameClient(requestor, windowId)) return;
      if (what === 'forms' && quiet === undefined) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => resolve('taken'), QUIET_MS);
    });
  });
  return {
    taken,
    stop() {
      clearTimeout(quiet);
      stop();
    },
  };
}
