// How a session is summed up.

import type {
  Decision,
  LaneReport,
  RefineReport,
  SegmentResult,
  SessionResult,
  VoiceInputError,
} from '@voiceinput/plugin-api';
import { joined } from '../deliver/pieces.ts';
import type { Fit } from '../deliver/pieces.ts';

export interface Ending {
  readonly sessionId: string;
  readonly label: string;
  readonly audioSamples: number;
  /** In order of speaking. */
  readonly segments: readonly SegmentResult[];
  /** Host times in ms; absent when it did not happen. */
  readonly releasedAtMs: number | undefined;
  readonly lastDraftAtMs: number | undefined;
  readonly lastRefinedAtMs: number | undefined;
  readonly lastPolishedAtMs: number | undefined;
  readonly fast: LaneReport;
  readonly refine: LaneReport | undefined;
  /** Absent when the sink did not say. */
  readonly app: string | undefined;
  readonly secret: boolean | undefined;
  readonly error: VoiceInputError | undefined;
  readonly cancelled: boolean;
  readonly fit: Fit;
}

/** Sums up a session, whether it came to its end or not. */
export function reportOf(ending: Ending): SessionResult {
  const { segments, cancelled, refine, error } = ending;
  const text = joined(
    segments.map((segment) => segment.text),
    ending.fit,
  );
  const draftMs = since(ending.releasedAtMs, ending.lastDraftAtMs);
  const refinedMs = since(ending.releasedAtMs, ending.lastRefinedAtMs);
  const polishedMs = since(ending.releasedAtMs, ending.lastPolishedAtMs);
  return {
    sessionId: ending.sessionId,
    label: ending.label,
    outcome: cancelled ? 'cancelled' : error !== undefined ? 'failed' : text === '' ? 'no-speech' : 'done',
    audioSamples: ending.audioSamples,
    draft: joined(
      segments.map((segment) => segment.draft),
      ending.fit,
    ),
    text,
    ...(draftMs !== undefined && { draftMs }),
    ...(refinedMs !== undefined && { refinedMs }),
    ...(polishedMs !== undefined && { polishedMs }),
    lanes: { fast: ending.fast, ...(refine && { refine: refineReport(refine, segments) }) },
    segments,
    ...(ending.app !== undefined && { app: ending.app }),
    ...(ending.secret === true && { secret: true }),
    ...(error !== undefined && { error }),
  };
}

function since(releasedAtMs: number | undefined, doneAtMs: number | undefined): number | undefined {
  if (releasedAtMs === undefined || doneAtMs === undefined) return undefined;
  // Text that stood before release was there at once.
  return Math.max(0, doneAtMs - releasedAtMs);
}

const BY_WEIGHT: readonly Decision[] = ['replaced', 'kept', 'agreed', 'confirmed'];

function refineReport(lane: LaneReport, segments: readonly SegmentResult[]): RefineReport {
  const counts: Record<Decision, number> = { confirmed: 0, agreed: 0, replaced: 0, kept: 0 };
  for (const { decision } of segments) if (decision !== undefined) counts[decision] += 1;
  return { ...lane, decision: BY_WEIGHT.find((decision) => counts[decision] > 0) ?? 'confirmed', segments: counts };
}
