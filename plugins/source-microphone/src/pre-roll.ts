// How a microphone that stays open gives each dictation the last moments before it. In memory only.

import { msToSamples } from '@voiceinput/plugin-api';
import { createQueue } from './queue.ts';
import type { Queue } from './queue.ts';

type Hear = (signal: AbortSignal) => AsyncGenerator<Float32Array>;

export interface PreRoll {
  /** The last moments, then what comes; ends on abort. Throws what the microphone failed with; the next call opens it anew. */
  listen(signal: AbortSignal): AsyncGenerator<Float32Array>;
  close(): Promise<void>;
}

/** Opens the microphone when it is first listened to, and keeps it open from then on. */
export function keepOpen(hear: Hear, preRollMs: number): PreRoll {
  const closing = new AbortController();
  const ring = createRing(msToSamples(preRollMs));
  const listeners = new Set<Queue<Float32Array>>();
  let hearing: Promise<void> | undefined;

  async function follow(): Promise<void> {
    let failure: Error | undefined;
    try {
      for await (const samples of hear(closing.signal)) {
        ring.keep(samples);
        for (const listener of listeners) listener.push(samples.slice());
      }
    } catch (error) {
      failure = error as Error;
    }
    ring.forget();
    hearing = undefined;
    for (const listener of listeners) listener.end(failure);
  }

  return {
    async *listen(signal) {
      if (signal.aborted) return;
      const listener = createQueue<Float32Array>();
      const stop = (): void => listener.drop();
      signal.addEventListener('abort', stop, { once: true });
      for (const samples of ring.kept()) listener.push(samples);
      listeners.add(listener);
      hearing ??= follow();
      try {
        yield* listener.read();
      } finally {
        signal.removeEventListener('abort', stop);
        listeners.delete(listener);
      }
    },
    async close() {
      closing.abort();
      await hearing;
    },
  };
}

interface Ring {
  /** Takes a piece on and forgets what is older than the ring is long. */
  keep(samples: Float32Array): void;
  /** Copies of what is kept, at most the ring's length, in order. */
  kept(): Float32Array[];
  forget(): void;
}

function createRing(mostSamples: number): Ring {
  const pieces: Float32Array[] = [];
  let count = 0;
  return {
    keep(samples) {
      pieces.push(samples);
      count += samples.length;
      while (count - pieces[0]!.length >= mostSamples) count -= pieces.shift()!.length;
    },
    kept() {
      const surplus = Math.max(0, count - mostSamples);
      return pieces.map((samples, index) => samples.slice(index === 0 ? surplus : 0));
    },
    forget() {
      pieces.length = 0;
      count = 0;
    },
  };
}
