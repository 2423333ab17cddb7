// How frames become stretches of speech: one frame at a time through journal, tape, voice detector and segmenter.

import type { Mark, Vad } from '@voiceinput/plugin-api';
import type { Frames } from '../capture/frames.ts';
import type { Journal } from '../capture/journal.ts';
import { createTape } from '../capture/tape.ts';
import type { SegmentSettings } from '../configure/profile.ts';
import { marksFrom, vadStreamFrom } from '../host/answers.ts';
import { callPlugin } from '../host/call.ts';
import type { Ownership } from '../own/ownership.ts';
import { followAborts } from '../own/abort.ts';
import { createSegmenter } from '../segment/segmenter.ts';
import type { OngoingSpeech, SpeechRange } from '../segment/segmenter.ts';
import { segmentRules } from '../segment/rules.ts';
import type { OpenPart } from './ports.ts';
import type { Release } from './release.ts';

const DEADLINE_MS = 10_000;

export interface Ear {
  readonly frames: Frames;
  readonly vad: OpenPart<'vad', Vad>;
  readonly settings: SegmentSettings;
  readonly release: Release;
  /** Absent: the audio is not kept. */
  readonly journal: Journal | undefined;
  readonly ownership: Ownership;
}

/** What is known after a frame, and at the end. */
export interface Heard {
  /** Samples heard so far. */
  readonly endSample: number;
  /** The frame's own samples; none at the end. */
  readonly samples: Float32Array;
  /** What is being said now. Absent while nobody speaks. */
  readonly open: OngoingSpeech | undefined;
  /** Ranges of speech that this frame completed, with their audio. */
  readonly speech: readonly { readonly range: SpeechRange; readonly samples: Float32Array }[];
  /** A copy of recent audio. */
  slice(startSample: number, endSample: number): Float32Array;
}

const NO_SAMPLES = new Float32Array(0);

/** Ends with the audio or the release. An error of the source is thrown after all that was heard before it was given. */
export async function* listen(
  { frames, vad, settings, release, journal, ownership }: Ear,
  signal: AbortSignal,
): AsyncGenerator<Heard, void> {
  const tape = createTape();
  const segmenter = createSegmenter(segmentRules(settings));
  const call = (method: string) => ({ pluginId: vad.plugin.id, method, deadlineMs: DEADLINE_MS, signal });
  const stream = await callPlugin(call('listen'), async (callSignal) =>
    vadStreamFrom(await vad.part.listen(callSignal)),
  );
  ownership.own(vad.plugin.id, () => stream.close());
  const { control: patience, unfollow: endPatience } = followAborts(signal, release.stalled);
  let speaking = false;

  const heard = (samples: Float32Array, ranges: readonly SpeechRange[]): Heard => ({
    endSample: tape.endSample,
    samples,
    open: segmenter.open,
    speech: ranges.map((range) => ({ range, samples: tape.slice(range.startSample, range.endSample) })),
    slice: tape.slice,
  });

  try {
    for (;;) {
      const frame = await frames.next(patience.signal);
      if (frame === undefined) break;
      tape.append(frame);
      journal?.append(frame.samples);
      const marks = await callPlugin(call('push'), async (callSignal) =>
        marksFrom(await stream.push(frame, callSignal)),
      );
      yield heard(
        frame.samples,
        marks.flatMap((mark: Mark) => segmenter.push(mark)),
      );
      tape.forgetBefore(segmenter.neededFromSample);
      const last = marks.at(-1);
      if (last !== undefined) speaking = last.speechProbability >= settings.leaveProbability;
      if (release.isOver(tape.endSample, speaking)) break;
    }
  } finally {
    // The microphone is let go of at once: reading what was said takes its time.
    frames.end();
    endPatience();
    // What was said before an error is still told; after an abort nobody listens.
    if (!signal.aborted) yield heard(NO_SAMPLES, segmenter.end(tape.endSample));
  }
}
