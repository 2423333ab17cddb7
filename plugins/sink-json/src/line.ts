// How a dictation reads as JSON: one object a line.

import { samplesToMs } from '@voiceinput/plugin-api';
import type { Edit, RefineReport, ResultLine, SessionResult, TextLine, Word, WordLine } from '@voiceinput/plugin-api';

export function textLine({ segment }: Edit): TextLine {
  const { stage, segmentId, text, language, languageProbability, doubtful, words, ...range } = segment;
  return {
    type: 'text',
    stage,
    segmentId,
    text,
    ...placeOf(range),
    ...(language !== undefined && { language }),
    ...(languageProbability !== undefined && { languageProbability: thousandths(languageProbability) }),
    ...(doubtful && { doubtful }),
    ...(words && { words: words.map(wordLine) }),
  };
}

function wordLine({ text, confidence, ...range }: Word): WordLine {
  return { text, ...placeOf(range), confidence: thousandths(confidence) };
}

function placeOf({ startSample, endSample }: Pick<Word, 'startSample' | 'endSample'>) {
  return { startMs: audioMs(startSample), endMs: audioMs(endSample) };
}

export function resultLine(result: SessionResult): ResultLine {
  const { label, audioSamples, draft, text, draftMs, refinedMs, polishedMs, lanes } = result;
  const { fast, refine } = lanes;
  return {
    type: 'result',
    file: label,
    audioMs: audioMs(audioSamples),
    draft,
    text,
    draftMs: draftMs === undefined ? null : tenths(draftMs),
    refinedMs: refinedMs === undefined ? null : tenths(refinedMs),
    polishedMs: polishedMs === undefined ? null : tenths(polishedMs),
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
const thousandths = (value: number): number => Math.round(value * 1000) / 1000;
const tenths = (ms: number): number => Math.round(ms * 10) / 10;
