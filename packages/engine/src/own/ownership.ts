// In which order opened things are closed again: in reverse, every one attempted, none waited for forever.

import { isVoiceInputError, VoiceInputError } from '@voiceinput/plugin-api';

const CLOSE_DEADLINE_MS = 5_000;

export interface Ownership {
  /** Takes `close` on; it runs at `closeAll`, before those that were taken on earlier. */
  own(name: string, close: () => Promise<void>): void;
  /** Closes everything. Rejects with an AggregateError when something could not be closed in time. Later calls give the first one's promise. */
  closeAll(): Promise<void>;
}

export function createOwnership(): Ownership {
  const owned: { name: string; close: () => Promise<void> }[] = [];
  let closing: Promise<void> | undefined;

  async function closeInReverse(): Promise<void> {
    const failures: unknown[] = [];
    for (let entry = owned.pop(); entry !== undefined; entry = owned.pop()) {
      try {
        await withDeadline(entry.name, entry.close());
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 0) return;
    const reasons = failures.map((failure) => (failure as Error).message).join(' ');
    throw new AggregateError(failures, `${failures.length} parts did not close cleanly: ${reasons}`);
  }

  return {
    own(name, close) {
      owned.push({ name, close });
    },
    closeAll() {
      closing ??= closeInReverse();
      return closing;
    },
  };
}

async function withDeadline(name: string, closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new VoiceInputError('ERR_PLUGIN_TIMEOUT', `${name} did not close within ${CLOSE_DEADLINE_MS} ms.`)),
      CLOSE_DEADLINE_MS,
    );
  });
  try {
    await Promise.race([closing, late]);
  } catch (error) {
    throw isVoiceInputError(error)
      ? error
      : new VoiceInputError('ERR_PLUGIN_FAILED', `${name} failed to close.`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
