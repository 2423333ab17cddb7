// How a dictation reads as JSON: one object a line.

import { samplesToMs } from '@voiceinput/plugin-api';
import type { Edit, RefineReport, ResultLine, SegmentText, SessionResult, TextLine } from '@voiceinput/plugin-api';

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
      refine: refine === undefined ? null : refineLine(refine),
    },
  };
}

function refineLine({ runner, model, decision }: RefineReport): ResultLine['lanes']['refine'] {
  return { runner, model, decision, decided: decision };
}

const audioMs = (samples: number): number => tenths(samplesToMs(samples));
const tenths = (ms: number): number => Math.round(ms * 10) / 10;
