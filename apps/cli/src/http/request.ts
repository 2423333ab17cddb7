// What a form asks for: every field that OpenAI documents is known, and what cannot be done is refused, not ignored.

import type { Form } from './form.ts';
import { invalid, unknownField } from './form.ts';
import { Refusal } from './refusal.ts';

export const responseFormats = ['json', 'text', 'srt', 'verbose_json', 'vtt'] as const;
export type ResponseFormat = (typeof responseFormats)[number];

export interface TranscriptionRequest {
  /** Absent: the one in force. */
  readonly model?: string;
  /** BCP 47. Absent: whatever the model hears. */
  readonly language?: string;
  /** Those of the prompt: likely ones. */
  readonly words: readonly string[];
  readonly format: ResponseFormat;
  readonly stream: boolean;
  /** What the client calls the audio. */
  readonly label: string;
}

type Draft = { -readonly [K in keyof TranscriptionRequest]: TranscriptionRequest[K] };

/** By field: what it changes. https://platform.openai.com/docs/api-reference/audio/createTranscription */
const fields: Readonly<Record<string, (value: string, wanted: Draft, name: string) => void>> = {
  model: (value, wanted) => (wanted.model = value),
  language(value, wanted) {
    if (!isLanguage(value)) throw invalid(`Invalid value: '${value}'. Expected a language such as 'en'.`, 'language');
    wanted.language = value;
  },
  prompt: (value, wanted) => (wanted.words = [...new Set(value.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu))]),
  response_format(value, wanted) {
    const format = responseFormats.find((one) => one === value);
    if (format === undefined)
      throw invalid(
        `Invalid value: '${value}'. Supported values are: ${responseFormats.map((one) => `'${one}'`).join(', ')}.`,
        'response_format',
      );
    wanted.format = format;
  },
  stream(value, wanted) {
    const known = new Map([
      ['true', true],
      ['false', false],
    ]).get(value.toLowerCase());
    if (known === undefined) throw invalid(`Invalid value: '${value}'. Expected 'true' or 'false'.`, 'stream');
    wanted.stream = known;
  },
  temperature: onlyValue('0', (value) => Number(value) === 0 && value.trim() !== ''),
  'timestamp_granularities[]': onlyValue('segment', (value) => value === 'segment'),
  chunking_strategy: onlyValue('auto', (value) => value === 'auto'),
};

export const fieldNames: readonly string[] = Object.keys(fields);

/** Throws a refusal with status 400. */
export function transcriptionRequestOf({ fields: given, fileName }: Form): TranscriptionRequest {
  const wanted: Draft = { words: [], format: 'json', stream: false, label: labelOf(fileName) };
  for (const { name, value } of given) {
    if (name === 'file') throw invalid("The field 'file' holds text; expected an audio file.", 'file');
    const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (read === undefined) throw unknownField(name);
    read(value, wanted, name);
  }
  if (fileName === undefined) throw invalid("Missing required parameter: 'file'.", 'file');
  refuseOddPairs(wanted, given);
  return wanted;
}

function refuseOddPairs({ format, stream }: TranscriptionRequest, given: Form['fields']): void {
  if (stream && format !== 'json' && format !== 'text')
    throw invalid(
      `response_format '${format}' is not compatible with 'stream'. Use 'json' or 'text' instead.`,
      'response_format',
    );
  const timed = given.find(({ name }) => name === 'timestamp_granularities[]');
  if (timed !== undefined && format !== 'verbose_json')
    throw invalid("'timestamp_granularities' requires response_format 'verbose_json'.", timed.name);
}

function onlyValue(only: string, fits: (value: string) => boolean) {
  return (value: string, _wish: Draft, name: string): void => {
    if (fits(value)) return;
    throw new Refusal(
      'ERR_REQUEST_INVALID',
      `Unsupported value: '${name}' does not support '${value}' here. Only '${only}' is supported.`,
      { status: 400, param: name },
    );
  };
}

function isLanguage(value: string): boolean {
  try {
    return new Intl.Locale(value).language !== 'und';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A name to read, not to open. */
function labelOf(fileName = ''): string {
  return fileName === '' ? 'upload' : fileName.slice(0, 200);
}
