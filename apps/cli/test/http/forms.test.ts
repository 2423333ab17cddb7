import { describe, expect, test } from 'vitest';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { heard, formOf, refusal, serve, transcribe } from './served.ts';

const wrong = (param: string | null = null) => refusal('invalid_request_error', 'ERR_REQUEST_INVALID', param);

async function answerTo(form: FormData): Promise<[number, unknown]> {
  const response = await transcribe(await serve(), form);
  return [response.status, await response.json()];
}

describe('what is answered', () => {
  const types = { json: 'application/json; charset=utf-8', text: 'text/plain; charset=utf-8' };
  const usage = { type: 'duration', seconds: 2 };

  test.each([
    [{}, types.json, JSON.stringify({ text: 'The cat sat.', usage })],
    [{ response_format: 'json' }, types.json, JSON.stringify({ text: 'The cat sat.', usage })],
    [{ response_format: 'text' }, types.text, 'The cat sat.\n'],
    [
      { response_format: 'srt' },
      types.text,
      '1\n00:00:00,000 --> 00:00:01,000\nThe cat\n\n2\n00:00:01,000 --> 00:00:02,000\nsat.\n',
    ],
    [
      { response_format: 'vtt' },
      types.text,
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nThe cat\n\n00:00:01.000 --> 00:00:02.000\nsat.\n',
    ],
    [
      { response_format: 'verbose_json', 'timestamp_granularities[]': 'segment' },
      types.json,
      JSON.stringify({
        task: 'transcribe',
        language: 'english',
        duration: 2,
        text: 'The cat sat.',
        segments: [
          { id: 0, start: 0, end: 1, text: 'The cat' },
          { id: 1, start: 1, end: 2, text: 'sat.' },
        ],
        usage,
      }),
    ],
  ])('%o', async (fields, type, body) => {
    const response = await transcribe(await serve(), formOf(fields));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.text()).toBe(body);
  });

  test('with stream, drafts come as deltas and the better text when all is done', async () => {
    const response = await transcribe(await serve(), formOf({ stream: 'true' }));
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = (await response.text()).split('\n\n').filter((line) => line !== '');
    expect(events.map((line) => JSON.parse(line.replace(/^data: /, '')) as unknown)).toEqual([
      { type: 'transcript.text.delta', delta: 'the cat' },
      { type: 'transcript.text.delta', delta: ' sat' },
      { type: 'transcript.text.done', text: 'The cat sat.', usage },
    ]);
  });

  test('with stream, what fails before the first words has a status, and later an event', async () => {
    const failure = new VoiceInputError('ERR_AUDIO_CORRUPT', 'It ends too early.');
    for (const words of ['', 'the cat']) {
      const served = await serve({
        async read(_choice, { drafted }) {
          drafted(words);
          throw failure;
        },
      });
      const response = await transcribe(served, formOf({ stream: 'true' }));
      expect(response.status).toBe(words === '' ? 400 : 200);
      expect(await response.text()).toContain(
        '{"error":{"message":"It ends too early.","type":"invalid_request_error"',
      );
    }
  });

  test.each([
    ['ERR_AUDIO_FORMAT', 400, 'invalid_request_error'],
    ['ERR_AUDIO_EMPTY', 400, 'invalid_request_error'],
    ['ERR_LANE_DIED', 500, 'server_error'],
    ['ERR_MODEL_OFFLINE', 500, 'server_error'],
  ] as const)('%s has the status %i', async (code, status, type) => {
    const read = () => Promise.reject(new VoiceInputError(code, 'It went wrong.'));
    const response = await transcribe(await serve({ read }));
    expect([response.status, await response.json()]).toEqual([status, refusal(type, code)]);
  });

  test('a mistake of ours is told as one', async () => {
    const read = () => Promise.reject(new TypeError('x is not a function'));
    const response = await transcribe(await serve({ read }));
    expect([response.status, await response.json()]).toEqual([500, refusal('server_error', 'ERR_INTERNAL')]);
  });
});

describe('fields', () => {
  test.each([
    [
      { model: 'whisper-1', language: 'en', prompt: 'To Ann O’Neill, Łódź. To', temperature: '0', stream: 'false' },
      ['To', 'Ann', 'O’Neill', 'Łódź'],
    ],
    [{ model: 'default', language: 'en-GB', prompt: '…', temperature: '0.0', chunking_strategy: 'auto' }, []],
  ])('%o is understood', async (fields, words) => {
    let wanted: unknown;
    const choose = (request: unknown) => ((wanted = request), {});
    const served = await serve({ choose });
    expect((await transcribe(served, formOf(fields))).status).toBe(200);
    const { model, language } = fields;
    expect(wanted).toEqual({ model, language, words, format: 'json', stream: false, label: 'a.wav' });
  });

  test.each([
    ['response_format', 'docx'],
    ['response_format', 'diarized_json'],
    ['stream', 'maybe'],
    ['temperature', '0.4'],
    ['temperature', ''],
    ['language', '???'],
    ['timestamp_granularities[]', 'word'],
    ['chunking_strategy', '{"type":"server_vad"}'],
    ['include[]', 'logprobs'],
    ['known_speaker_names[]', 'Ann'],
    ['logprobs', 'true'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
  ])('%s = %s is refused by name', async (name, value) => {
    expect(await answerTo(formOf({ [name]: value }))).toEqual([400, wrong(name)]);
  });

  test.each([
    [{ stream: 'true', response_format: 'srt' }, 'response_format'],
    [{ 'timestamp_granularities[]': 'segment' }, 'timestamp_granularities[]'],
  ])('%o do not go together', async (fields, param) => {
    expect(await answerTo(formOf(fields))).toEqual([400, wrong(param)]);
  });

  test('an unknown field is refused in the words of OpenAI', async () => {
    expect(await answerTo(formOf({ best_of: '3' }))).toMatchObject([
      400,
      { error: { message: 'Unrecognized request argument supplied: best_of' } },
    ]);
  });

  test('a file is needed, one, in its field, as a file', async () => {
    expect(await answerTo(formOf({ model: 'whisper-1' }, null))).toEqual([400, wrong('file')]);
    expect(await answerTo(formOf({ file: 'words' }, null))).toEqual([400, wrong('file')]);
    const two = formOf();
    two.append('file', new Blob(['more']), 'b.wav');
    expect(await answerTo(two)).toEqual([400, wrong('file')]);
    const other = new FormData();
    other.append('audio', new Blob(['more']), 'b.wav');
    expect(await answerTo(other)).toEqual([400, wrong('audio')]);
  });
});

describe('forms that are none', () => {
  const post = async (body: string, type: string | undefined): Promise<[number, unknown]> => {
    const served = await serve();
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const response = await transcribe(served, Buffer.from(body), { headers });
    expect(served.uploads()).toEqual([]);
    expect(served.slots.taken).toBe(0);
    return [response.status, await response.json()];
  };
  const part = 'Content-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';

  test.each([
    ['no type', 'abc', undefined, 415],
    ['JSON', '{}', 'application/json', 415],
    ['another form', 'model=whisper-1', 'application/x-www-form-urlencoded', 415],
    ['no boundary', 'abc', 'multipart/form-data', 415],
    ['an empty boundary', 'abc', 'multipart/form-data; boundary=', 400],
    ['no part at all', '', 'multipart/form-data; boundary=x', 400],
    ['nothing of the boundary', 'abc\r\ndef', 'multipart/form-data; boundary=x', 400],
    ['an end in the middle of a file', `--x\r\n${part}RIFF`, 'multipart/form-data; boundary=x', 400],
    ['an end in the middle of a head', '--x\r\nContent-Dis', 'multipart/form-data; boundary=x', 400],
    ['a head of a part that never ends', `--x\r\nX: ${'y'.repeat(200_000)}`, 'multipart/form-data; boundary=x', 400],
    ['a part without a name', '--x\r\n\r\nabc\r\n--x--\r\n', 'multipart/form-data; boundary=x', 400],
    ['only the end', '--x--\r\n', 'multipart/form-data; boundary=x', 400],
  ])('%s', async (_what, body, type, status) => {
    expect(await post(body, type)).toEqual([
      status,
      refusal('invalid_request_error', 'ERR_REQUEST_INVALID', expect.toBeOneOf([null, 'file'])),
    ]);
  });
});

test('what is uploaded is whole, for nobody else, and gone afterwards', async () => {
  const { readFileSync, statSync } = await import('node:fs');
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251);
  let seen: { size: number; mode: number; same: boolean } | undefined;
  const served = await serve({
    async read(_choice, { path }) {
      const content = readFileSync(path);
      seen = { size: content.length, mode: statSync(path).mode & 0o777, same: content.equals(bytes) };
      return heard();
    },
  });
  const form = new FormData();
  form.set('file', new Blob([bytes]), '../../etc/pass wd\n.wav');
  expect((await transcribe(served, form)).status).toBe(200);
  expect(seen).toEqual({ size: 3_000_000, mode: 0o600, same: true });
  expect(served.uploads()).toEqual([]);
});
