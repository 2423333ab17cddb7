// What is told about one dictation: at its beginning and at its end.

import type { Outcome, Segment, SegmentKnowledge } from './edit.ts';
import type { VoiceInputError } from './errors.ts';
import type { Decoding } from './transcript.ts';

/** `fast` or `refine`: which queue, process and priority a runner runs in. A property of the profile. */
export type LaneName = 'fast' | 'refine';

/**
 * What the refine stage decided: the draft was so sure that it was not read again (`confirmed`), the second reading
 * gave the same words (`agreed`) or better ones (`replaced`), or it failed or looked worse and the draft stays (`kept`).
 */
export type Decision = 'confirmed' | 'agreed' | 'replaced' | 'kept';

/** What is known of a dictation when it begins. */
export interface SessionInfo {
  readonly sessionId: string;
  /** What the user would call it: the file's name as it was given, or the microphone. */
  readonly label: string;
  /** Whether a better reading may replace the draft. */
  readonly hybrid: boolean;
}

/** Who read in a lane. */
export interface LaneReport {
  /** The runner's plugin id. */
  readonly runner: string;
  /** The runner's name for its model. Empty while it is not known. */
  readonly model: string;
}

/** The same of the refine lane, with what it decided. */
export interface RefineReport extends LaneReport {
  /** The first of `replaced`, `kept`, `agreed`, `confirmed` that was decided for any segment. */
  readonly decision: Decision;
  /** How many segments were decided so. */
  readonly segments: Readonly<Record<Decision, number>>;
}

/** The last stage's text of one segment. */
export interface SegmentResult extends Segment, SegmentKnowledge {
  readonly draft: string;
  readonly text: string;
  /** Absent without a refine lane. */
  readonly decision?: Decision;
  /** What became of its last edit. Absent when none reached the sink. */
  readonly outcome?: Outcome;
  /** How `text` was read, before post-processors. Absent when the runner tells nothing of it. */
  readonly decoded?: Decoding;
}

/** How a session ended. A failed session has the shape of a successful one, with what was recognised until then. */
export interface SessionResult {
  readonly sessionId: string;
  readonly label: string;
  readonly outcome: 'done' | 'no-speech' | 'cancelled' | 'failed';
  readonly audioSamples: number;
  /** The whole transcript of the fast stage. */
  readonly draft: string;
  /** The whole transcript of the best stage there was. */
  readonly text: string;
  /** Milliseconds from the release to the last draft, 0 or more. Absent when there was no speech. */
  readonly draftMs?: number;
  /** Milliseconds from the release to the last refined text, 0 or more. Absent without a refine lane or without speech. */
  readonly refinedMs?: number;
  /** Milliseconds from the release to the last polished text, 0 or more. Absent when nothing was polished. */
  readonly polishedMs?: number;
  readonly lanes: { readonly fast: LaneReport; readonly refine?: RefineReport };
  readonly segments: readonly SegmentResult[];
  /** The application that received the text. Absent when the sink does not know. */
  readonly app?: string;
  /** Whether nothing of it may be kept, as the sink said. */
  readonly secret?: boolean;
  /** Why the session ended early, or what was lost on the way. */
  readonly error?: VoiceInputError;
}
