// The description of the HTTP API in OpenAPI’s form, as /openapi.json answers it and docs/openapi.json has it.

import type { FieldName } from './fields.ts';
import { granularities, responseFormats } from './fields.ts';

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object that has all of `properties` but those whose names end with a question mark. */
function objectOf(properties: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(properties);
  const plain = Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ''), schema]);
  return {
    type: 'object',
    properties: Object.fromEntries(plain) as Schema,
    required: names.filter((name) => !name.endsWith('?')),
  };
}

const lists: readonly FieldName[] = ['include', 'keywords', 'known_speaker_names', 'known_speaker_references'];

const fieldSchemas: Readonly<Record<FieldName, Schema>> = {
  model: {
    ...text,
    default: 'voiceinput',
    description: 'A name from /v1/models; well-known names of OpenAI mean the same as voiceinput.',
  },
  language: { ...text, description: 'A code or a name.', examples: ['en', 'en-US', 'English'] },
  prompt: { ...text, description: 'Its words are likely ones.' },
  keywords: listOf(text),
  response_format: { enum: responseFormats, default: 'json' },
  stream: { type: 'boolean', default: false },
  timestamp_granularities: listOf({ enum: granularities }),
  temperature: { ...number, minimum: 0, maximum: 1, description: 'Has no effect unless it is 0.' },
  chunking_strategy: { ...text, description: 'Has no effect.' },
  include: listOf(text),
  known_speaker_names: listOf(text),
  known_speaker_references: listOf(text),
};

function formSchema(): Schema {
  const isList = (name: FieldName): boolean => name === 'timestamp_granularities' || lists.includes(name);
  const fields = Object.entries(fieldSchemas) as [FieldName, Schema][];
  const properties = fields.map(([name, schema]) => [isList(name) ? `${name}[]` : name, schema]);
  return {
    type: 'object',
    properties: { file: { ...text, format: 'binary' }, ...(Object.fromEntries(properties) as Schema) },
    required: ['file'],
    // Told as a warning.
    additionalProperties: true,
  };
}

const warnings = listOf(named('Warning'));
const usage = objectOf({ type: { const: 'duration' }, seconds: number });

const schemas: Readonly<Record<string, Schema>> = {
  Error: objectOf({
    error: objectOf({ message: text, type: text, param: { type: ['string', 'null'] }, code: text }),
  }),
  Warning: objectOf({ message: text, param: { type: ['string', 'null'] }, code: text }),
  Transcription: objectOf({ text, usage, 'warnings?': warnings }),
  VerboseTranscription: objectOf({
    task: { const: 'transcribe' },
    language: text,
    duration: number,
    text,
    'words?': listOf(objectOf({ word: text, start: number, end: number })),
    'segments?': listOf(
      objectOf({
        id: { type: 'integer' },
        seek: { type: 'integer' },
        start: number,
        end: number,
        text,
        tokens: listOf({ type: 'integer' }),
        temperature: number,
        avg_logprob: { ...number, maximum: 0 },
        compression_ratio: number,
        no_speech_prob: { ...number, minimum: 0, maximum: 1 },
      }),
    ),
    usage,
    'warnings?': warnings,
  }),
  Model: objectOf({ id: text, object: { const: 'model' }, created: { type: 'integer' }, owned_by: text }),
  ModelList: objectOf({ object: { const: 'list' }, data: listOf(named('Model')) }),
  Health: objectOf({ status: { enum: ['ok', 'opening'] } }),
};

const json = (schema: Schema, description: string): Schema => ({
  description,
  content: { 'application/json': { schema } },
});
const refusalText: Readonly<Record<number, string>> = {
  400: 'The request or the audio is not understood.',
  401: 'No token, or another one.',
  403: 'A web page, or a foreign host.',
  404: 'There is no such address or model.',
  405: 'Another method is expected; Allow names it.',
  408: 'The request was too slow.',
  413: 'The request is too large.',
  415: 'The body is no form.',
  429: 'As many are under way as are taken on; Retry-After says when to ask again.',
  431: 'The head of the request is too long.',
  500: 'The engine failed.',
  503: 'The daemon is quitting.',
  504: 'The transcription did not come to its end.',
};
const refusals = (...statuses: readonly number[]): Schema =>
  Object.fromEntries(statuses.map((status) => [status, json(named('Error'), refusalText[status]!)]));
/** Whatever is asked. */
const ALWAYS = [400, 401, 403, 405, 408, 431, 503] as const;

const transcribed: Schema = {
  description:
    'The text, in the format that was asked for. With stream: events whose data are JSON, `transcript.text.delta` with `delta`, then `transcript.text.done` with `text`.',
  headers: { 'X-VoiceInput-Warning': { schema: text, description: 'What had no effect, or was lost.' } },
  content: {
    'application/json': { schema: { anyOf: [named('VerboseTranscription'), named('Transcription')] } },
    'text/plain': { schema: text },
    'text/event-stream': {},
  },
};

/** In OpenAPI 3.1. */
export function openApi() {
  const form = { required: true, content: { 'multipart/form-data': { schema: formSchema() } } };
  const get = (schema: Schema, description: string, ...others: readonly number[]) => ({
    get: { responses: { 200: json(schema, description), ...refusals(...ALWAYS, ...others) } },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'VoiceInput',
      version: '1',
      description: 'Speech to text on this machine, for clients of OpenAI’s transcription API.',
    },
    servers: [{ url: 'http://127.0.0.1:7345' }],
    security: [{ token: [] }],
    paths: {
      '/v1/audio/transcriptions': {
        post: {
          requestBody: form,
          responses: { 200: transcribed, ...refusals(...ALWAYS, 404, 413, 415, 429, 500, 504) },
        },
      },
      '/v1/audio/translations': {
        post: {
          description: 'Always refused: VoiceInput does not translate.',
          requestBody: form,
          responses: refusals(...ALWAYS),
        },
      },
      '/v1/models': get(named('ModelList'), 'What `model` can be.'),
      '/v1/models/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text, example: 'voiceinput' }],
        ...get(named('Model'), 'A model.', 404),
      },
      '/health': {
        get: {
          security: [],
          responses: {
            ...refusals(400, 403, 405, 408, 431),
            200: json(named('Health'), 'Ready.'),
            503: json(
              { anyOf: [named('Health'), named('Error')] },
              'The models are being loaded, or the daemon is quitting.',
            ),
          },
        },
      },
      '/openapi.json': get({ type: 'object' }, 'This description.'),
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas,
    },
  };
}
