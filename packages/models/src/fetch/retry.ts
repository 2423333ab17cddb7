// When a failed transfer is tried again.

import { setTimeout as sleep } from 'node:timers/promises';
import { isVoiceInputError } from '@voiceinput/plugin-api';
import { isTransient } from './network-failure.ts';
import type { Patience } from './npm-configuration.ts';
import { retryAfterMs } from './retry-after.ts';

/**
 * What `attempt` gives, tried again while failures are transient and the source does not ask to wait for longer than the
 * patience lasts. Its signal fires at the end of each attempt and on abort. Attempts between which `doneBytes` grows do
 * not count: a long transfer may break off often.
 */
export async function retrying<T>(
  { patience, doneBytes = () => 0 }: { readonly patience: Patience; doneBytes?(): number },
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let before = doneBytes();
  for (let failures = 0; ; failures++) {
    const over = new AbortController();
    let askedMs = 0;
    try {
      return await attempt(AbortSignal.any([signal, over.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (doneBytes() > before) failures = 0;
      before = doneBytes();
      askedMs = retryAfterMs(error);
      const inVain = !isTransient(error) || failures >= patience.retries || askedMs > patience.maxWaitMs;
      if (isVoiceInputError(error) || inVain) throw error;
    } finally {
      // Ends the transfer of an answer that was not read to its end, which would keep the process alive.
      over.abort();
    }
    const waitMs = Math.min(patience.firstWaitMs * patience.factor ** failures, patience.maxWaitMs);
    await pause(Math.max(waitMs, askedMs), signal);
  }
}

async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
