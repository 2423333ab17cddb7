// What the words of a dictation are at each stage, segment after segment.

import { withSeparators } from '@voiceinput/plugin-api';
import type { Doubt, Outcome, Stage } from '@voiceinput/plugin-api';

/** One segment as far as it was heard. A stage that has not come yet is absent. */
export interface SegmentWords {
  readonly segmentId: string;
  readonly startSample: number;
  readonly texts: Readonly<Partial<Record<Stage, string>>>;
  /** Why its newest text should be looked at. Absent: no reason. */
  readonly doubtful?: Doubt | undefined;
  /** What became of its newest edit. */
  readonly outcome?: Outcome;
}

/** With the change of one segment, in order of speaking. */
export function withSegment(
  segments: readonly SegmentWords[],
  { texts, ...changed }: SegmentWords,
): readonly SegmentWords[] {
  const before = segments.find(({ segmentId }) => segmentId === changed.segmentId);
  const others = segments.filter((segment) => segment !== before);
  return [...others, { ...before, ...changed, texts: { ...before?.texts, ...texts } }].toSorted(
    (a, b) => a.startSample - b.startSample,
  );
}

/** The words of all segments, each in the best of these stages that it has. */
export function wordsIn(segments: readonly SegmentWords[], ...stages: readonly Stage[]): string {
  const texts = segments.map(({ texts: known }) => stages.map((stage) => known[stage]).find(Boolean) ?? '');
  return withSeparators(texts).join('');
}
