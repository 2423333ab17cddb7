// How a transcription is written in each format that OpenAI's clients can ask for.

import { Writable } from 'node:stream';
import type { SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import { subtitlesSink } from '@voiceinput/sink-subtitles';
import type { ResponseFormat } from './request.ts';

export interface Written {
  readonly type: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** `language` is what was heard, in BCP 47; absent when nobody knows. */
export async function written(
  result: SessionResult,
  format: ResponseFormat,
  language: string | undefined,
): Promise<Written> {
  if (format === 'text') return { type: TEXT_TYPE, body: `${result.text}\n` };
  if (format === 'srt' || format === 'vtt') return { type: TEXT_TYPE, body: await subtitlesOf(result, format) };
  const { text } = result;
  const body = format === 'json' ? { text, usage: usageOf(result) } : verbose(result, language);
  return { type: JSON_TYPE, body: JSON.stringify(body) };
}

/** Seconds of audio, rounded up as OpenAI counts them. */
export function usageOf({ audioSamples }: SessionResult) {
  return { type: 'duration', seconds: Math.ceil(samplesToMs(audioSamples) / 1000) };
}

/** https://platform.openai.com/docs/api-reference/audio/verbose-json-object, as far as our engine knows it. */
function verbose(result: SessionResult, language: string | undefined) {
  const { text, audioSamples, segments } = result;
  const seconds = (samples: number): number => Math.round(samplesToMs(samples)) / 1000;
  return {
    task: 'transcribe',
    ...(language !== undefined && { language: nameOf(language) }),
    duration: seconds(audioSamples),
    text,
    segments: segments.map((segment, id) => ({
      id,
      start: seconds(segment.startSample),
      end: seconds(segment.endSample),
      text: segment.text,
    })),
    usage: usageOf(result),
  };
}

/** OpenAI writes languages out, in English and small letters. */
function nameOf(language: string): string {
  return (new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language).toLowerCase();
}

async function subtitlesOf(result: SessionResult, format: 'srt' | 'vtt'): Promise<string> {
  let text = '';
  const memory = new Writable({
    decodeStrings: false,
    write(piece: string, _encoding, done) {
      text += piece;
      done();
    },
  });
  const sink = subtitlesSink(memory, { format });
  await sink.end(result, new AbortController().signal);
  await sink.close();
  return text;
}
