// Decides when what is being said is read while it is said, at a rate that the machine can pay.

import type { Hint, Transcript } from '@voiceinput/plugin-api';
import { msToSamples } from '@voiceinput/plugin-api';
import type { Lane } from '../schedule/lane.ts';
import { proposalOf } from './read-segment.ts';

/** New audio that makes another reading worthwhile. */
const STEP_SAMPLES = msToSamples(320);
/** After a reading the lane rests this many times as long as the reading took. */
const REST = 1;

export interface PartialsPort {
  readonly lane: Lane;
  slice(startSample: number, endSample: number): Float32Array;
  heard(transcript: Transcript, startSample: number, endSample: number): Promise<void>;
  failed(error: unknown): void;
}

export interface Partials {
  /** Reads the speech that goes on once more, if that is due. Never waits. */
  consider(startSample: number, endSample: number, signal: AbortSignal): void;
  /** What was last heard of the speech that began at `startSample`. Empty when nothing was. */
  hintFor(startSample: number): Pick<Hint, 'proposal'>;
  /** Settles when no reading is under way. */
  settled(): Promise<void>;
}

export function createPartials({ lane, slice, heard, failed }: PartialsPort): Partials {
  let last: { startSample: number; endSample: number; transcript?: Transcript } | undefined;
  let restUntilMs = 0;
  let reading: Promise<void> | undefined;

  async function read(startSample: number, endSample: number, signal: AbortSignal): Promise<void> {
    const startedAtMs = performance.now();
    const job = {
      clip: { samples: slice(startSample, endSample), startSample },
      hint: hintFor(startSample),
      passing: true,
    };
    const transcript = await lane.run(job, signal);
    restUntilMs = performance.now() + (performance.now() - startedAtMs) * REST;
    last = { startSample, endSample, transcript };
    await heard(transcript, startSample, endSample);
  }

  function hintFor(startSample: number): Pick<Hint, 'proposal'> {
    return last?.startSample === startSample && last.transcript !== undefined ? proposalOf(last.transcript) : {};
  }

  return {
    consider(startSample, endSample, signal) {
      const knownUntil = last?.startSample === startSample ? last.endSample : startSample;
      if (reading !== undefined || endSample - knownUntil < STEP_SAMPLES) return;
      if (!lane.idle || performance.now() < restUntilMs) return;
      reading = read(startSample, endSample, signal)
        .catch(failed)
        .finally(() => (reading = undefined));
    },
    hintFor,
    settled: async () => reading,
  };
}
