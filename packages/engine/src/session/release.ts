// Where a live dictation ends: what was said until the release is heard, and the end of the word, no more.

import { msToSamples, startDeadline } from '@voiceinput/plugin-api';
import type { Deadline } from '@voiceinput/plugin-api';

/** A word that is being said at the release may go on for so long. */
const TAIL_SAMPLES = msToSamples(200);
/** Who begins to dictate may think first. */
const FIRST_WORD_SAMPLES = msToSamples(10_000);
/** A source that gives nothing for so long after the release will not give the rest. */
const PATIENCE_MS = 500;

export interface ReleaseOptions {
  /** Aborted when the user releases the key. Absent: the source ends the dictation. */
  readonly released?: AbortSignal | undefined;
  /** Ends the dictation when nothing was said for so long. Absent: silence does not. */
  readonly silenceMs?: number | undefined;
  /** How long a sound takes to arrive as a sample, now. */
  latencyMs(): number;
  /** Hears of the release at once. `sample`: the audio position of that time. */
  onRelease(sample: number): void;
}

export interface Release {
  /** Aborted when the source should not be waited for any longer. */
  readonly stalled: AbortSignal;
  /** Audio has come up to `endSample`. Gives whether any later one may still be wanted. */
  arrived(endSample: number): boolean;
  /** Whether the dictation is over, now that the audio was heard up to `endSample`. */
  isOver(endSample: number, speaking: boolean): boolean;
  close(): void;
}

/** Follows one live dictation to its end. */
export function followRelease({ released, silenceMs, latencyMs, onRelease }: ReleaseOptions): Release {
  const stalling = new AbortController();
  const silenceSamples = silenceMs === undefined ? Infinity : msToSamples(silenceMs);
  let come = { endSample: 0, atMs: performance.now() };
  let spokenUntil = 0;
  let releaseSample: number | undefined;
  let patience: Deadline | undefined;

  function patienceSamples(): number {
    return spokenUntil === 0 ? Math.max(silenceSamples, FIRST_WORD_SAMPLES) : silenceSamples;
  }

  function release(): void {
    const sinceMs = performance.now() - come.atMs;
    // A source that stands still captured nothing meanwhile.
    releaseSample = come.endSample + msToSamples(Math.min(sinceMs, PATIENCE_MS) + latencyMs());
    onRelease(releaseSample);
    patience = startDeadline(PATIENCE_MS, () => stalling.abort());
  }

  if (released?.aborted === true) release();
  else released?.addEventListener('abort', release, { once: true });

  return {
    stalled: stalling.signal,
    arrived(endSample) {
      come = { endSample, atMs: performance.now() };
      return releaseSample === undefined || endSample < releaseSample + TAIL_SAMPLES;
    },
    isOver(endSample, speaking) {
      if (speaking) spokenUntil = endSample;
      if (releaseSample === undefined) return endSample - spokenUntil >= patienceSamples();
      return endSample >= releaseSample + TAIL_SAMPLES || (endSample >= releaseSample && !speaking);
    },
    close() {
      patience?.stop();
      released?.removeEventListener('abort', release);
    },
  };
}
