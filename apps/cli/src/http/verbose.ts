// What `verbose_json` tells: text, segments and words, with the fields that strict clients want.

import { deflateSync } from 'node:zlib';
import type { SegmentResult, SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import type { Granularity } from './fields.ts';
import { wordsOf } from './words.ts';

export interface VerboseForm {
  /** In BCP 47. Absent when only the model can tell. */
  readonly language?: string | undefined;
  readonly granularities: ReadonlySet<Granularity>;
}

/** Whisper counts `seek` in steps of 10 ms. */
const SEEK_MS = 10;
/** Below, a logarithm says nothing more. */
const LEAST_PROBABILITY = 1e-6;

/** https://platform.openai.com/docs/api-reference/audio/verbose-json-object */
export function verboseOf(result: SessionResult, { language, granularities }: VerboseForm) {
  const { text, audioSamples, segments } = result;
  return {
    task: 'transcribe',
    language: nameOf(language ?? mostHeard(segments)),
    duration: secondsOf(audioSamples),
    text,
    ...(granularities.has('word') && { words: segments.flatMap(wordsOf).map(wordEntry) }),
    ...((granularities.has('segment') || granularities.size === 0) && { segments: segments.map(segmentEntry) }),
  };
}

function wordEntry({ text, startSample, endSample }: ReturnType<typeof wordsOf>[number]) {
  return { word: text, start: secondsOf(startSample), end: secondsOf(endSample) };
}

/** What the runner does not tell has the value that says nothing: no tokens, 0. The likeliest words are taken: temperature 0. */
function segmentEntry(segment: SegmentResult, id: number) {
  const { startSample, endSample, text, decoded: { tokens = [], noSpeechProb = 0 } = {} } = segment;
  return {
    id,
    seek: Math.round(samplesToMs(startSample) / SEEK_MS),
    start: secondsOf(startSample),
    end: secondsOf(endSample),
    text,
    tokens,
    temperature: 0,
    avg_logprob: meanLogProbability(segment),
    compression_ratio: compressionRatio(text),
    no_speech_prob: rounded(noSpeechProb),
  };
}

const secondsOf = (samples: number): number => Math.round(samplesToMs(samples)) / 1000;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Of tokens; of words where the runner tells only theirs; 0 where it tells neither. */
function meanLogProbability({ decoded, words = [] }: SegmentResult): number {
  if (decoded?.meanLogProb !== undefined) return rounded(Math.min(0, decoded.meanLogProb));
  if (words.length === 0) return 0;
  const sum = words.reduce((total, { confidence }) => total + Math.log(Math.max(confidence, LEAST_PROBABILITY)), 0);
  return rounded(Math.min(0, sum / words.length));
}

/** As Whisper counts it: https://github.com/openai/whisper/blob/main/whisper/utils.py. */
function compressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  return rounded(bytes.length / deflateSync(bytes).length);
}

/** The language in which most was said, as far as the runner tells. */
function mostHeard(segments: readonly SegmentResult[]): string | undefined {
  const samples = new Map<string, number>();
  for (const { language, startSample, endSample } of segments)
    if (language !== undefined) samples.set(language, (samples.get(language) ?? 0) + endSample - startSample);
  return [...samples].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** OpenAI writes languages out, in English and small letters. */
function nameOf(language: string | undefined): string {
  if (language === undefined) return 'unknown';
  // A region is none of the names that clients know.
  const { language: code } = new Intl.Locale(language);
  return (new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code).toLowerCase();
}
