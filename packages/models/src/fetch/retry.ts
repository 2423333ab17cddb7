// When a failed transfer is tried again.

import { setTimeout as sleep } from 'node:timers/promises';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { isTransient } from './network-failure.ts';
import type { Patience } from './npm-configuration.ts';

/** What `attempt` gives, tried again while failures are transient. Its signal fires at the end of each attempt and on abort. */
export async function retrying<T>(
  patience: Patience,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    const over = new AbortController();
    try {
      return await attempt(AbortSignal.any([signal, over.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (isVoiceInputError(error) || !isTransient(error) || failures >= patience.retries) throw error;
    } finally {
      // Ends the transfer of an answer that was not read to its end, which would keep the process alive.
      over.abort();
    }
    await pause(Math.min(patience.firstWaitMs * patience.factor ** failures, patience.maxWaitMs), signal);
  }
}

async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
