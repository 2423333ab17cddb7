// How a change of the session's text is told to a sink, and what a sink answers.

import type { LanguageKnowledge, Stage, Word } from './transcript.ts';

/** Replace `remove` UTF-16 units at `start` by `insert`. Offsets are in the text before any of the changes. */
export interface TextChange {
  readonly start: number;
  readonly remove: number;
  readonly insert: string;
}

/** A change of the session's text; `start` counts from the beginning of the session's text. */
export interface Change extends TextChange {
  /**
   * Whose text it changes: the segment that the edit is about, or one after it whose separator changes with it. A change
   * stays within that segment's stretch of the session's text, which is its separator followed by its text.
   */
  readonly segmentId: string;
}

/** One stretch of speech in a session: a range of its audio, in samples from the session's start. */
export interface Segment {
  /** Unique within its session. */
  readonly segmentId: string;
  readonly startSample: number;
  readonly endSample: number;
}

/** What is known about a segment's text beside the text itself. */
export interface SegmentKnowledge extends LanguageKnowledge {
  /** The words of the text in order, with their places in the session's audio. Absent when the runner does not know them. */
  readonly words?: readonly Word[];
}

/** What a segment says. */
export interface SegmentText extends Segment, SegmentKnowledge {
  readonly stage: Stage;
  /** The segment's whole text, without the separator before it. */
  readonly text: string;
}

/**
 * A change of the session's text.
 *
 * `changes` are sorted by `start`, do not overlap and all refer to the text at `baseRevision`,
 * the last revision *applied* (0: nothing inserted yet). They are empty when a reading only confirmed what stands.
 */
export interface Edit {
  readonly sessionId: string;
  readonly segmentId: string;
  readonly baseRevision: number;
  readonly revision: number;
  /** `partial` goes only to a sink that declares `partials`. */
  readonly cause: Stage | 'undo' | 'cancel';
  /** The user asked for this text and waits for it, as for an undo: a sink may do what it would only offer by itself. */
  readonly asked?: true;
  readonly changes: readonly Change[];
  /** The segment that the edit is about, as it stands after the edit. */
  readonly segment: SegmentText;
}

/** Why a text does not stand where it was meant to go. */
export interface OutcomeReason {
  /** A stable word for programs: one of the sink's `reasons`, one of the engine's own, or an error code. */
  readonly reason: string;
  /**
   * The same for people, as it goes on after a colon. The engine fills in what the sink's `reasons` say; a sink gives its
   * own where it knows more. Absent: nobody has words for it.
   */
  readonly explanation?: string;
}

/**
 * What became of an edit: it stands (`proof` says whether the sink read it back), nothing was changed (`refused`), or the
 * text could not be put there and is kept for the user elsewhere, as in the history (`offered`).
 */
export type Outcome =
  | { readonly kind: 'applied'; readonly proof: 'verified' | 'unverified' }
  | ({ readonly kind: 'refused' } & OutcomeReason)
  | ({ readonly kind: 'offered' } & OutcomeReason);

/** The text that `changes` make of `text`. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let position = 0;
  for (const { start, remove, insert } of changes) {
    result += text.slice(position, start) + insert;
    position = start + remove;
  }
  return result + text.slice(position);
}
