// When speech is read while it goes on: now and then at a rate that the machine can pay, and at once when it pauses.

import type { Hint, Transcript } from '@voiceinput/plugin-api';
import { msToSamples, VoiceInputError } from '@voiceinput/plugin-api';
import { followAborts } from '../own/abort.ts';
import type { Lane } from '../schedule/lane.ts';
import type { OpenStretch } from '../segment/segmenter.ts';
import { proposalOf } from './read-segment.ts';

/** Less than this, runners take for something else. */
const LEAST_SAMPLES = msToSamples(800);
/** New audio that makes another reading worthwhile. */
const STEP_SAMPLES = msToSamples(400);
/** After a reading the lane rests this many times as long as the reading took. */
const REST = 2;

export interface PartialsPort {
  readonly lane: Lane;
  /** The hint for a runner as things are now, proposal left out. */
  hint(): Hint;
  slice(startSample: number, endSample: number): Float32Array;
  heard(transcript: Transcript, range: Range): Promise<void>;
  failed(error: unknown): void;
}

export interface Range {
  readonly startSample: number;
  readonly endSample: number;
}

export interface Partials {
  /**
   * Reads the speech that goes on once more, if that is due. In a pause it is read as if it were over: if nothing more
   * is said, that reading is the draft. Never waits.
   */
  consider(open: OpenStretch, heardSample: number, signal: AbortSignal): void;
  /** The reading of exactly this audio, done or under way. Absent when there is none. */
  readingOf(range: Range): Promise<Transcript> | undefined;
  /** What was last heard of the speech that began at `startSample`. Empty when nothing was. */
  proposalFor(startSample: number): Pick<Hint, 'proposal'>;
  /** Settles when no reading is under way. */
  settled(): Promise<void>;
}

interface Reading extends Range {
  /** Whether the speech pauses at its end. */
  readonly paused: boolean;
  readonly control: AbortController;
  readonly transcript: Promise<Transcript>;
  /** Settles when the transcript has been told too. */
  readonly told: Promise<void>;
  underWay: boolean;
}

export function createPartials({ lane, hint, slice, heard, failed }: PartialsPort): Partials {
  let newest: Reading | undefined;
  let last: { readonly startSample: number; readonly transcript: Transcript } | undefined;
  let restUntilMs = 0;

  function consider(open: OpenStretch, heardSample: number, signal: AbortSignal): void {
    const { startSample, pausedEndSample } = open;
    const range = { startSample, endSample: pausedEndSample ?? heardSample };
    const paused = pausedEndSample !== undefined;
    if (paused ? isNewest(range) : !isDue(range)) return;
    if (newest?.underWay === true) newest.control.abort(new VoiceInputError('ERR_ABORTED', 'The speech went on.'));
    newest = read(range, paused, signal);
  }

  /** While speech goes on: enough was said since the last reading, and the machine has had its rest. */
  function isDue({ startSample, endSample }: Range): boolean {
    const readUntil = newest?.startSample === startSample ? newest.endSample : startSample;
    if (endSample - startSample < LEAST_SAMPLES || endSample - readUntil < STEP_SAMPLES) return false;
    if (performance.now() < restUntilMs) return false;
    return lane.idle || (newest?.underWay === true && newest.paused);
  }

  function read(range: Range, paused: boolean, signal: AbortSignal): Reading {
    const startedAtMs = performance.now();
    const { control, unfollow } = followAborts(signal);
    const { startSample, endSample } = range;
    const clip = { samples: slice(startSample, endSample), startSample };
    const transcript = lane.run(
      { clip, hint: { ...hint(), ...proposalFor(startSample) }, preemptible: true },
      control.signal,
    );
    const told = transcript
      .then((result) => {
        last = { startSample, transcript: result };
        return heard(result, range);
      })
      .catch(failed)
      .finally(() => {
        restUntilMs = performance.now() + (performance.now() - startedAtMs) * REST;
        reading.underWay = false;
        unfollow();
      });
    const reading: Reading = { ...range, paused, control, transcript, told, underWay: true };
    return reading;
  }

  function isNewest({ startSample, endSample }: Range): boolean {
    return newest?.startSample === startSample && newest.endSample === endSample;
  }

  function proposalFor(startSample: number): Pick<Hint, 'proposal'> {
    return last?.startSample === startSample ? proposalOf(last.transcript) : {};
  }

  return {
    consider,
    proposalFor,
    readingOf: (range) => (isNewest(range) ? newest?.transcript : undefined),
    settled: async () => newest?.told,
  };
}
