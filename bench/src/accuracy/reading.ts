// What is kept of each clip once it was transcribed.

import type { Decision } from '@voiceinput/plugin-api';
import type { EvaluationClip } from '../evaluation/clips.ts';
import type { ResultLine } from '../voiceinput/cli.ts';
import type { ErrorCount } from '../words/align.ts';
import { countErrors } from '../words/align.ts';
import { wordsOf } from '../words/normalise.ts';

export interface Reading {
  readonly clip: EvaluationClip;
  readonly draft: string;
  readonly refined: string;
  /** How much of the clip was heard. */
  readonly audioMs: number;
  /** Segments by what the refine stage decided. */
  readonly decisions: Partial<Readonly<Record<Decision, number>>>;
}

/** A clip with a verbatim text, and how far each stage is from it. */
export interface CountedReading extends Reading {
  readonly draftErrors: ErrorCount;
  readonly refinedErrors: ErrorCount;
}

export function readingOf(clip: EvaluationClip, { draft, text, audioMs, lanes }: ResultLine): Reading {
  const decisions = lanes.refine === null ? {} : (lanes.refine.segments ?? { [lanes.refine.decided]: 1 });
  return { clip, draft, refined: text, audioMs, decisions };
}

export function counted(reading: Reading): CountedReading {
  const reference = wordsOf(reading.clip.text ?? '');
  return {
    ...reading,
    draftErrors: countErrors(reference, wordsOf(reading.draft)),
    refinedErrors: countErrors(reference, wordsOf(reading.refined)),
  };
}

/** Whether the words of `value` occur in `text`, one after the other. */
export function holds(text: string, value: string): boolean {
  return ` ${wordsOf(text).join(' ')} `.includes(` ${wordsOf(value).join(' ')} `);
}

export const isEmpty = (text: string): boolean => wordsOf(text).length === 0;

/** Whether much of the clip never reached the engine: a broken file or a broken reader, not a broken model. */
export const isCutShort = ({ clip, audioMs }: Reading): boolean => audioMs < clip.durationS * 950;
