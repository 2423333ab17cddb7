// Decides how frames become stretches of speech: one frame at a time through tape, voice detector and segmenter.

import type { Mark, Source, Vad } from '@voiceinput/plugin-api';

import { createTape } from '../capture/tape.ts';
import type { SegmentSettings } from '../configure/profile.ts';
import { callPlugin } from '../host/call.ts';
import type { Ownership } from '../own/ownership.ts';
import { unlessAborted } from '../own/abort.ts';
import { createSegmenter } from '../segment/segmenter.ts';
import type { OpenStretch, Stretch } from '../segment/segmenter.ts';
import { segmentRules } from '../segment/rules.ts';
import type { Opened } from './ports.ts';

const DEADLINE_MS = 10_000;

export interface Ear {
  readonly source: Opened<'source', Source>;
  readonly vad: Opened<'vad', Vad>;
  readonly settings: SegmentSettings;
  readonly ownership: Ownership;
}

/** What is known after a frame, and at the end. */
export interface Heard {
  /** Samples heard so far. */
  readonly endSample: number;
  /** What is being said now. Absent while nobody speaks. */
  readonly open: OpenStretch | undefined;
  /** Stretches that this frame completed, with their audio. */
  readonly stretches: readonly { readonly stretch: Stretch; readonly samples: Float32Array }[];
  /** A copy of recent audio. */
  slice(startSample: number, endSample: number): Float32Array;
}

/** Ends with the audio. An error of the source is thrown after all that was heard before it was given. */
export async function* listen(
  { source, vad, settings, ownership }: Ear,
  signal: AbortSignal,
): AsyncGenerator<Heard, void> {
  const tape = createTape();
  const segmenter = createSegmenter(segmentRules(settings));
  const call = (method: string) => ({ pluginId: vad.plugin.id, method, deadlineMs: DEADLINE_MS, signal });
  const stream = await callPlugin(call('listen'), (callSignal) => vad.part.listen(callSignal));
  ownership.own(vad.plugin.id, () => stream.close());
  const frames = source.part.frames(signal)[Symbol.asyncIterator]();
  ownership.own(source.plugin.id, async () => void (await frames.return?.()));

  const heard = (stretches: readonly Stretch[]): Heard => ({
    endSample: tape.endSample,
    open: segmenter.open,
    stretches: stretches.map((stretch) => ({ stretch, samples: tape.slice(stretch.startSample, stretch.endSample) })),
    slice: tape.slice,
  });

  try {
    for (;;) {
      const next = await unlessAborted(frames.next(), signal);
      if (next.done === true) break;
      tape.append(next.value);
      const marks = await callPlugin(call('push'), (callSignal) => stream.push(next.value, callSignal));
      yield heard(marks.flatMap((mark: Mark) => segmenter.push(mark)));
      tape.forgetBefore(segmenter.neededFromSample);
    }
  } finally {
    // What was said before an error is still told; after an abort nobody listens.
    if (!signal.aborted) yield heard(segmenter.end(tape.endSample));
  }
}
