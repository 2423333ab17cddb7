// Decides how a dictation reads as JSON: one object a line.

import { samplesToMs } from '@voiceinput/plugin-api';
import type { Edit, SegmentText, SessionResult, Stage } from '@voiceinput/plugin-api';

/** A segment's text, each time that it changes or is confirmed. Times are in the audio. */
export interface TextLine {
  readonly type: 'text';
  readonly stage: Stage;
  readonly segmentId: string;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The end of a session. What there was not (no speech, no refine lane) is null. */
export interface ResultLine {
  readonly type: 'result';
  /** As it was given. */
  readonly file: string;
  readonly audioMs: number;
  readonly draft: string;
  readonly text: string;
  readonly draftMs: number | null;
  readonly refinedMs: number | null;
  readonly lanes: {
    readonly fast: { readonly runner: string; readonly model: string };
    readonly refine: { readonly runner: string; readonly model: string; readonly decided: string } | null;
  };
}

export function textLine({ segment }: Edit): TextLine {
  const { stage, segmentId, text, startSample, endSample }: SegmentText = segment;
  return { type: 'text', stage, segmentId, text, startMs: audioMs(startSample), endMs: audioMs(endSample) };
}

export function resultLine({ label, audioSamples, draft, text, draftMs, refinedMs, lanes }: SessionResult): ResultLine {
  const { fast, refine } = lanes;
  return {
    type: 'result',
    file: label,
    audioMs: audioMs(audioSamples),
    draft,
    text,
    draftMs: draftMs === undefined ? null : tenths(draftMs),
    refinedMs: refinedMs === undefined ? null : tenths(refinedMs),
    lanes: {
      fast: { runner: fast.runner, model: fast.model },
      refine: refine ? { runner: refine.runner, model: refine.model, decided: refine.decided } : null,
    },
  };
}

/**
 * One line of JSON, with its line break, that is safe wherever it is shown: beside what JSON escapes by itself (control
 * characters, lone surrogates), C1 controls, line separators and bidi controls are escaped, too. Reading gives them back.
 */
export function serialised(line: TextLine | ResultLine): string {
  const json = JSON.stringify(line);
  return `${json.replace(/[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu, escaped)}\n`;
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const audioMs = (samples: number): number => tenths(samplesToMs(samples));
const tenths = (ms: number): number => Math.round(ms * 10) / 10;
