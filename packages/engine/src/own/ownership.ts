// In which order opened things are closed again: in reverse, every one attempted, none waited for forever.

import { isVoiceInputError, VoiceInputError, withDeadline } from '@voiceinput/plugin-api';

const CLOSE_DEADLINE_MS = 5_000;

export interface Ownership {
  /** Takes `close` on; it runs at `closeAll`, before those that were taken on earlier. After `closeAll` it runs at once. */
  own(name: string, close: () => Promise<void>): void;
  /** Closes everything. Rejects with an AggregateError when something could not be closed in time. Nothing is closed twice. */
  closeAll(): Promise<void>;
}

/** Owns nothing yet. */
export function createOwnership(): Ownership {
  const owned: { name: string; close: () => Promise<void> }[] = [];
  let closing: Promise<void> | undefined;

  async function closeInReverse(): Promise<void> {
    const failures: unknown[] = [];
    for (let entry = owned.pop(); entry !== undefined; entry = owned.pop()) {
      try {
        await closeInTime(entry.name, entry.close);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 0) return;
    const reasons = failures.map((failure) => (failure as Error).message).join(' ');
    throw new AggregateError(failures, `${failures.length} parts did not close cleanly: ${reasons}`);
  }

  async function alsoClose(before: Promise<void>): Promise<void> {
    await Promise.allSettled([before]);
    await closeInReverse();
    await before;
  }

  return {
    own(name, close) {
      owned.push({ name, close });
      if (closing === undefined) return;
      closing = alsoClose(closing);
      // Whoever closes once more hears of a failure.
      closing.catch(() => undefined);
    },
    closeAll() {
      closing ??= closeInReverse();
      return closing;
    },
  };
}

/** Rejects with `ERR_PLUGIN_TIMEOUT` when `close` has not settled after some seconds, else with what it threw. */
export async function closeInTime(name: string, close: () => Promise<void>): Promise<void> {
  const late = (): Error =>
    new VoiceInputError('ERR_PLUGIN_TIMEOUT', `${name} did not close within ${CLOSE_DEADLINE_MS} ms.`);
  try {
    await withDeadline(close(), CLOSE_DEADLINE_MS, late);
  } catch (error) {
    throw isVoiceInputError(error)
      ? error
      : new VoiceInputError('ERR_PLUGIN_FAILED', `${name} failed to close.`, { cause: error });
  }
}
