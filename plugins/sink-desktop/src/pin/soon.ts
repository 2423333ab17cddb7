// How long the beginning of a dictation waits for an application.

import { setTimeout as pause } from 'node:timers/promises';

const SOON_MS = 500;

/** What `work` gives. Absent when the application does not answer soon, or its field is gone: whoever writes there says so. */
export async function soon<T>(work: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const late = pause(SOON_MS, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([work.catch(() => undefined), late]);
  } finally {
    timer.abort();
  }
}
