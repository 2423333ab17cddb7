// What other programs read: one JSON object a line. `docs/JSON.md` describes it.

import type { ErrorReport } from './errors.ts';
import type { Decision, LaneReport } from './session.ts';
import type { Doubt, Stage } from './transcript.ts';

/** A segment's text, each time that it changes or is confirmed; on standard output. */
export interface TextLine {
  readonly type: 'text';
  readonly stage: Stage;
  /** Unique within its file. */
  readonly segmentId: string;
  /** The segment's whole text. */
  readonly text: string;
  /** In the audio, in milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  /** BCP 47. Absent when nobody knows it. */
  readonly language?: string;
  /** 0…1. Absent when the runner did not have to find out the language. */
  readonly languageProbability?: number;
  /** Why the text should be looked at. Absent when there is no reason. */
  readonly doubtful?: Doubt;
  /** The words of the text with their places in the audio. Absent when the runner does not know them. */
  readonly words?: readonly WordLine[];
}

/** One word of a `TextLine`. */
export interface WordLine {
  readonly text: string;
  /** In the audio, in milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  /** 0…1. */
  readonly confidence: number;
}

/** The end of a file that gave audio, also of one that failed later; on standard output. What there was not (no speech, no refine lane) is null. */
export interface ResultLine {
  readonly type: 'result';
  /** As it was given. */
  readonly file: string;
  /** Length of the audio that was heard, in milliseconds. */
  readonly audioMs: number;
  /** The whole transcript of the fast stage. */
  readonly draft: string;
  /** The whole transcript of the best stage there was. */
  readonly text: string;
  /** Release → last draft, in milliseconds. */
  readonly draftMs: number | null;
  /** Release → last refined text, in milliseconds. */
  readonly refinedMs: number | null;
  /** Release → last polished text, in milliseconds. */
  readonly polishedMs: number | null;
  readonly lanes: {
    readonly fast: LaneReport;
    /** `decided` is the former name of `decision`, kept for programs that read it. */
    readonly refine: (LaneReport & { readonly decision: Decision; readonly decided: Decision }) | null;
  };
}

/** What failed, or could not be done as well as it should; on standard error. */
export interface ErrorLine extends ErrorReport {
  readonly type: 'error' | 'warning';
  /** As it was given. Absent when it is not about one file. */
  readonly file?: string;
}

/**
 * `value` as one line of JSON, without its line break, that is safe wherever it is shown: beside what JSON escapes by
 * itself (control characters, lone surrogates), C1 controls, line separators and bidi controls are escaped, too. Reading
 * gives them back.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
