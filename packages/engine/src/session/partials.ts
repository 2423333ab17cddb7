// When speech is read while it goes on: now and then at a rate that the machine can pay, and at once when it pauses. A
// runner that streams is only given what is new.

import type { Hint, Transcript } from '@voiceinput/plugin-api';
import { msToSamples, VoiceInputError } from '@voiceinput/plugin-api';
import { followAborts } from '../own/abort.ts';
import type { Lane } from '../schedule/lane.ts';
import { clipRange } from '../segment/clip.ts';
import type { OngoingSpeech } from '../segment/segmenter.ts';
import { proposalOf } from './read-segment.ts';

/** Less than this, runners take for something else. */
const LEAST_SAMPLES = msToSamples(800);
/** New audio that makes another reading worthwhile. */
const STEP_SAMPLES = msToSamples(400);
/** After a reading the lane rests this many times as long as the reading took. */
const REST = 2;

export interface PartialsPort {
  readonly sessionId: string;
  readonly lane: Lane;
  /** Sound around speech that its clips have. */
  readonly padMs: number;
  /** The hint for a runner as things are now, proposal left out. */
  hint(): Hint;
  slice(startSample: number, endSample: number): Float32Array;
  /** `startSample`: where the speech began that is read. */
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
  consider(open: OngoingSpeech, heardSample: number, signal: AbortSignal): void;
  /** The reading of exactly this audio, done or under way. Absent when there is none. */
  readingOf(range: Range): Promise<Transcript> | undefined;
  /** What was last heard of the speech that began at `startSample`. Empty when nothing was. */
  proposalFor(startSample: number): Pick<Hint, 'proposal'>;
  /** Says that the speech that began at `startSample` is over, or was none. */
  end(startSample: number): void;
  /** Settles when no reading is under way. */
  settled(): Promise<void>;
}

interface Reading extends Range {
  /** Where the range begins that is cut when this speech is over. */
  readonly cutSample: number;
  /** Whether the speech pauses at its end. */
  readonly paused: boolean;
  readonly control: AbortController;
  readonly transcript: Promise<Transcript>;
  /** Settles when the transcript has been told too. */
  readonly told: Promise<void>;
  underWay: boolean;
}

/** Reads what is being said in one session. */
export function createPartials(port: PartialsPort): Partials {
  const { sessionId, lane, padMs, hint, slice, heard, failed } = port;
  let newest: Reading | undefined;
  let last: { readonly startSample: number; readonly transcript: Transcript } | undefined;
  let restUntilMs = 0;

  function consider(open: OngoingSpeech, heardSample: number, signal: AbortSignal): void {
    const pausedAtSample = open.speechEndSample + msToSamples(padMs);
    const paused = heardSample >= pausedAtSample;
    const endSample = paused ? pausedAtSample : heardSample;
    const { startSample } = clipRange({ ...open, endSample }, padMs);
    const clip = { startSample, endSample, cutSample: open.startSample };
    if (paused ? isNewest(clip) : !isDue(clip)) return;
    if (newest?.underWay === true) newest.control.abort(new VoiceInputError('ERR_ABORTED', 'The speech went on.'));
    newest = read(clip, paused, signal);
  }

  /** While speech goes on: enough was said since the last reading, and the machine has had its rest. */
  function isDue({ startSample, endSample }: Range): boolean {
    const readUntil = newest?.startSample === startSample ? newest.endSample : startSample;
    if (endSample - startSample < LEAST_SAMPLES || endSample - readUntil < STEP_SAMPLES) return false;
    if (performance.now() < restUntilMs) return false;
    return lane.idle || (newest?.underWay === true && newest.paused);
  }

  function read(range: Range & Pick<Reading, 'cutSample'>, paused: boolean, signal: AbortSignal): Reading {
    const startedAtMs = performance.now();
    const { control, unfollow } = followAborts(signal);
    const { startSample, endSample, cutSample } = range;
    const clip = { samples: slice(startSample, endSample), startSample };
    // What may be the draft is read as a whole.
    const streamed = !paused && lane.uses.streaming === true && { streamId: streamIdOf(cutSample) };
    const transcript = lane.run(
      { clip, hint: { ...hint(), ...proposalFor(cutSample) }, preemptible: true, ...streamed },
      control.signal,
    );
    const told = transcript
      .then((result) => {
        last = { startSample: cutSample, transcript: result };
        return heard(result, { startSample: cutSample, endSample });
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

  const streamIdOf = (startSample: number): string => `${sessionId}/${startSample}`;

  function isNewest({ startSample, endSample }: Range): boolean {
    return newest?.startSample === startSample && newest.endSample === endSample;
  }

  function proposalFor(startSample: number): Pick<Hint, 'proposal'> {
    return last?.startSample === startSample ? proposalOf(last.transcript) : {};
  }

  return {
    consider,
    end(startSample) {
      if (lane.uses.streaming === true) lane.endStream(streamIdOf(startSample));
    },
    proposalFor,
    readingOf: (range) => (isNewest(range) ? newest?.transcript : undefined),
    settled: async () => newest?.told,
  };
}
