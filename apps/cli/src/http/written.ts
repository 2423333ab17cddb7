// How a transcription is written in each format that OpenAI's clients can ask for.

import { Writable } from 'node:stream';
import type { SessionResult } from '@voiceinput/plugin-api';
import { samplesToMs } from '@voiceinput/plugin-api';
import { subtitlesSink } from '@voiceinput/sink-subtitles';
import type { TranscriptionRequest } from './request.ts';
import { verboseOf } from './verbose.ts';
import type { Warning } from './warning.ts';
import { warningsField } from './warning.ts';
import { hasEveryWord } from './words.ts';

export interface Written {
  readonly type: string;
  readonly body: string;
  /** What is to be told beside it; a body that is an object has it already. */
  readonly warnings: readonly Warning[];
}

export interface AnswerForm extends Pick<TranscriptionRequest, 'format' | 'granularities' | 'warnings'> {
  /** What was asked for or is in force, in BCP 47. Absent when only the model can tell. */
  readonly language?: string | undefined;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** The answer's body. */
export async function written(result: SessionResult, form: AnswerForm): Promise<Written> {
  const { format } = form;
  const warnings = [...form.warnings, ...flawIn(result), ...estimatesIn(result, form)];
  if (format === 'text') return { type: TEXT_TYPE, body: `${result.text}\n`, warnings };
  if (format === 'srt' || format === 'vtt')
    return { type: TEXT_TYPE, body: await subtitlesOf(result, format), warnings };
  const usage = usageOf(result);
  const body = format === 'json' ? { text: result.text } : verboseOf(result, form);
  return { type: JSON_TYPE, body: JSON.stringify({ ...body, usage, ...warningsField(warnings) }), warnings };
}

/** Seconds of audio, rounded up as OpenAI counts them. */
export function usageOf({ audioSamples }: SessionResult) {
  return { type: 'duration', seconds: Math.ceil(samplesToMs(audioSamples) / 1000) };
}

function flawIn({ error }: SessionResult): Warning[] {
  if (error === undefined) return [];
  return [{ message: `Only a part was transcribed: ${error.message}`, param: 'file', code: error.code }];
}

function estimatesIn({ segments }: SessionResult, { granularities }: AnswerForm): Warning[] {
  if (!granularities.has('word') || segments.every(hasEveryWord)) return [];
  const message = 'The model does not tell when words are said; their times are estimated from their lengths.';
  return [{ message, param: 'timestamp_granularities[]', code: 'ERR_REQUEST_INVALID' }];
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
