// How many transcriptions are taken on, and that they are read one after the other.

import { unlessAborted } from '@voiceinput/plugin-api';
import { Refusal } from './refusal.ts';

export interface TranscriptionSlot {
  /** Runs `work` when those that asked before are done. Rejects with the signal's reason when it is aborted before. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  release(): void;
}

export interface Slots {
  readonly taken: number;
  /** Throws a refusal with status 429 when there is none. */
  take(): TranscriptionSlot;
}

/** Gives out at most `most` slots; who finds none is told to wait `retryAfterSeconds`. */
export function createSlots(most: number, retryAfterSeconds: number): Slots {
  const taken = new Set<TranscriptionSlot>();
  let last: Promise<unknown> = Promise.resolve();

  async function inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = last;
    let pass = (): void => undefined;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    last = before.then(() => passed);
    try {
      await unlessAborted(before, signal);
      return await work();
    } finally {
      pass();
    }
  }

  return {
    get taken() {
      return taken.size;
    },
    take() {
      if (taken.size >= most)
        throw new Refusal('ERR_BUSY', `${most} transcriptions are already in progress, which is the limit.`, {
          status: 429,
          headers: { 'Retry-After': String(retryAfterSeconds) },
        });
      const slot: TranscriptionSlot = { run: inTurn, release: () => void taken.delete(slot) };
      taken.add(slot);
      return slot;
    },
  };
}
