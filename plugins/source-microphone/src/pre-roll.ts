// Decides how a microphone that stays open gives each dictation the last moments before it. In memory only.

import { msToSamples } from '@voiceinput/plugin-api';

export interface PreRoll {
  /** The last moments, then what comes; ends on abort. Throws what the microphone failed with. */
  listen(signal: AbortSignal): AsyncGenerator<Float32Array>;
  close(): Promise<void>;
}

/** Keeps `hear` going from now on; when it fails, the next dictation begins it anew. */
export function keepOpen(hear: (signal: AbortSignal) => AsyncGenerator<Float32Array>, preRollMs: number): PreRoll {
  const mostSamples = msToSamples(preRollMs);
  const closing = new AbortController();
  const kept: Float32Array[] = [];
  const listeners = new Set<Listener>();
  let failure: { error: unknown } | undefined;
  let hearing = follow();

  async function follow(): Promise<void> {
    failure = undefined;
    try {
      for await (const samples of hear(closing.signal)) {
        for (const listener of listeners) listener.take(samples.slice());
        kept.push(samples);
        let count = kept.reduce((sum, { length }) => sum + length, 0);
        while (count - kept[0]!.length >= mostSamples) count -= kept.shift()!.length;
      }
    } catch (error) {
      failure = { error };
    }
    kept.length = 0;
    for (const listener of listeners) listener.wake();
  }

  return {
    async *listen(signal) {
      if (failure !== undefined) hearing = follow();
      const listener = createListener(kept.map((samples) => samples.slice()));
      listeners.add(listener);
      const wake = (): void => listener.wake();
      signal.addEventListener('abort', wake, { once: true });
      try {
        while (!signal.aborted) {
          const samples = listener.next();
          if (samples !== undefined) yield samples;
          else if (failure !== undefined) throw failure.error;
          else if (closing.signal.aborted) return;
          else await listener.woken();
        }
      } finally {
        signal.removeEventListener('abort', wake);
        listeners.delete(listener);
      }
    },
    async close() {
      closing.abort();
      await hearing;
    },
  };
}

interface Listener {
  take(samples: Float32Array): void;
  next(): Float32Array | undefined;
  woken(): Promise<void>;
  wake(): void;
}

function createListener(waiting: Float32Array[]): Listener {
  let wake = (): void => undefined;
  return {
    take(samples) {
      waiting.push(samples);
      wake();
    },
    next: () => waiting.shift(),
    woken: () => new Promise((resolve) => (wake = resolve)),
    wake: () => wake(),
  };
}
