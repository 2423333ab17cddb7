import { rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { VoiceInputError } from '@voiceinput/plugin-api';
import { heard, formOf, refusal, serve, transcribe } from './served.ts';

const wrong = (param: string | null = null) => refusal('invalid_request_error', 'ERR_REQUEST_INVALID', param);

async function answerTo(form: FormData): Promise<[number, unknown]> {
  const response = await transcribe(await serve(), form);
  return [response.status, await response.json()];
}

const NEUTRAL = { tokens: [], temperature: 0, avg_logprob: 0, no_speech_prob: 0 };
const SEGMENT = 'id seek start end text tokens temperature avg_logprob compression_ratio no_speech_prob'.split(' ');
const inOrder = (segment: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(SEGMENT.map((name) => [name, segment[name]]));

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
      '1\n00:00:00,000 --> 00:00:00,920\nThe cat\n\n2\n00:00:01,000 --> 00:00:02,000\nsat.\n',
    ],
    [
      { response_format: 'vtt' },
      types.text,
      'WEBVTT\n\n00:00:00.000 --> 00:00:00.920\nThe cat\n\n00:00:01.000 --> 00:00:02.000\nsat.\n',
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
          { id: 0, seek: 0, start: 0, end: 1, text: 'The cat', ...NEUTRAL, compression_ratio: 0.467 },
          { id: 1, seek: 100, start: 1, end: 2, text: 'sat.', ...NEUTRAL, compression_ratio: 0.333 },
        ].map(inOrder),
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

  test('words have times of the runner, or by their length, which is told; segments only where they are asked for', async () => {
    const [first, second] = heard().segments;
    const words = [
      { text: 'The', startSample: 1_600, endSample: 3_200, confidence: 0.5 },
      { text: 'cat', startSample: 3_200, endSample: 8_000, confidence: 1 },
    ];
    const read = async () => ({ ...heard(), segments: [{ ...first!, words }, second!] });
    const ask = async (...granularities: string[]): Promise<Record<string, unknown>> => {
      const form = formOf({ response_format: 'verbose_json' });
      for (const one of granularities) form.append('timestamp_granularities[]', one);
      return (await (await transcribe(await serve({ read }), form)).json()) as Record<string, unknown>;
    };
    const timed = [
      { word: 'The', start: 0.1, end: 0.2 },
      { word: 'cat', start: 0.2, end: 0.5 },
      { word: 'sat.', start: 1, end: 2 },
    ];
    expect(await ask('word')).toMatchObject({
      words: timed,
      warnings: [{ message: expect.stringMatching(/estimated/) }],
    });
    expect(await ask('word')).not.toHaveProperty('segments');
    expect(await ask('word', 'segment')).toMatchObject({
      words: timed,
      segments: [{ avg_logprob: -0.347 }, { avg_logprob: 0 }],
    });
    expect(await ask()).not.toHaveProperty('words');
  });

  test('of each segment is told how it was read, as far as the runner knows', async () => {
    const [first, second] = heard().segments;
    const decoded = { meanLogProb: -0.123_456, noSpeechProb: 0.012_345, tokens: [440, 3857] };
    const read = async () => ({ ...heard(), segments: [{ ...first!, decoded }, second!] });
    const response = await transcribe(await serve({ read }), formOf({ response_format: 'verbose_json' }));
    const known = { tokens: [440, 3857], avg_logprob: -0.123, no_speech_prob: 0.012 };
    expect(await response.json()).toMatchObject({ segments: [known, NEUTRAL] });
  });

  test('a flaw of the audio does not cost what was heard before it', async () => {
    const error = new VoiceInputError('ERR_AUDIO_CORRUPT', 'a.wav ends too early.');
    const read = async () => ({ ...heard(), error });
    const response = await transcribe(await serve({ read }));
    expect(response.headers.get('x-voiceinput-warning')).toContain('a.wav ends too early.');
    expect([response.status, await response.json()]).toMatchObject([
      200,
      { text: 'The cat sat.', warnings: [{ code: 'ERR_AUDIO_CORRUPT', param: 'file' }] },
    ]);
  });

  test.each([
    [{ language: 'de-AT' }, undefined, 'german'],
    [{}, 'ja', 'japanese'],
    [{}, undefined, 'unknown'],
  ])('the language of %o, heard as %s, is %s', async (choice, language, name) => {
    const read = async () => ({
      ...heard(),
      segments: heard().segments.map((segment) => ({ ...segment, ...(language !== undefined && { language }) })),
    });
    const response = await transcribe(
      await serve({ read, choose: () => choice }),
      formOf({ response_format: 'verbose_json' }),
    );
    expect(await response.json()).toMatchObject({ language: name });
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
  const nothing = { words: [], format: 'json', stream: false, granularities: new Set(), label: 'a.wav', warnings: [] };

  async function understood(form: FormData): Promise<[number, unknown]> {
    let wanted: unknown;
    const served = await serve({ choose: (request) => ((wanted = request), {}) });
    return [(await transcribe(served, form)).status, wanted];
  }

  test.each([
    [
      { model: 'whisper-1', language: 'en', prompt: 'To Ann O’Neill, Łódź. To', temperature: '0', stream: 'false' },
      { model: 'whisper-1', language: 'en', words: ['To', 'Ann', 'O’Neill', 'Łódź'] },
    ],
    [
      { language: 'en-GB', prompt: '…', 'keywords[]': 'Łódź', temperature: '0.0', chunking_strategy: 'auto' },
      { language: 'en-GB', words: ['Łódź'] },
    ],
    [{ model: '', language: '', prompt: '', response_format: '', stream: '', temperature: ' ', user: '' }, {}],
    [{ stream: 'False', response_format: 'text' }, { format: 'text' }],
    [{ stream: '1' }, { stream: true }],
    [
      { response_format: 'verbose_json', timestamp_granularities: 'word' },
      { format: 'verbose_json', granularities: new Set(['word']) },
    ],
  ])('%o is understood', async (fields, wanted) => {
    expect(await understood(formOf(fields))).toEqual([200, { ...nothing, ...wanted }]);
  });

  test.each([
    ['EN', 'en'],
    ['en_us', 'en-US'],
    ['eng', 'en'],
    ['English', 'en'],
    ['DEUTSCH', 'de'],
    ['русский', 'ru'],
    ['mandarin', 'zh'],
    ['Haitian Creole', 'ht'],
    ['auto', undefined],
    ['null', undefined],
  ])('the language may be written %s', async (written, language) => {
    expect(await understood(formOf({ language: written }))).toEqual([200, { ...nothing, language }]);
  });

  test.each([
    ['temperature', '0.4'],
    ['chunking_strategy', '{"type":"server_vad"}'],
    ['chunking_strategy[type]', 'server_vad'],
    ['include[]', 'logprobs'],
    ['known_speaker_names[]', 'Ann'],
    ['vad_filter', 'true'],
    ['user', 'x'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['naïve\n[]', 'x'],
  ])('%s = %s has no effect, and that is told in every format', async (name, value) => {
    const warning = { message: expect.any(String), param: expect.any(String), code: 'ERR_REQUEST_INVALID' };
    const answers = ['json', 'verbose_json', 'text', 'srt', 'vtt'].map(async (response_format) =>
      transcribe(await serve(), formOf({ [name]: value, response_format })),
    );
    const [json, verbose, ...others] = await Promise.all(answers);
    for (const { status, headers } of [json!, verbose!, ...others]) {
      expect(status).toBe(200);
      expect(headers.get('x-voiceinput-warning')).toMatch(/^The field '[ -~]+' .*has no effect/);
    }
    for (const answer of [json!, verbose!]) expect(await answer.json()).toMatchObject({ warnings: [warning] });
    for (const answer of others) expect(await answer.text()).not.toContain('effect');
    const stream = await (await transcribe(await serve(), formOf({ [name]: value, stream: 'true' }))).text();
    expect(JSON.parse(stream.trim().split('data: ').at(-1)!)).toMatchObject({ warnings: [warning] });
  });

  test.each([
    ['response_format', 'docx'],
    ['response_format', 'diarized_json'],
    ['stream', 'maybe'],
    ['temperature', 'warm'],
    ['temperature', '1.5'],
    ['language', '???'],
    ['language', 'Klingon'],
    ['timestamp_granularities[]', 'phoneme'],
  ])('%s = %s is refused by name', async (name, value) => {
    expect(await answerTo(formOf({ [name]: value }))).toEqual([400, wrong(name)]);
  });

  test.each(['srt', 'vtt', 'verbose_json'])('a stream cannot have the format %s', async (response_format) => {
    expect(await answerTo(formOf({ stream: 'true', response_format }))).toEqual([400, wrong('response_format')]);
  });

  test('a file is needed, one, in its field, as a file', async () => {
    expect(await answerTo(formOf({ model: 'whisper-1' }, null))).toEqual([400, wrong('file')]);
    expect(await answerTo(formOf({ file: 'words – and more' }, null))).toEqual([400, wrong('file')]);
    const two = formOf();
    two.append('file', new Blob(['more']), 'b.wav');
    expect(await answerTo(two)).toEqual([400, wrong('file')]);
    const other = new FormData();
    other.append('audio', new Blob(['more']), 'b.wav');
    expect(await answerTo(other)).toEqual([400, wrong('audio')]);
  });
});

describe('a file', () => {
  const part = (head: string, content: string): [Buffer, RequestInit] => [
    Buffer.from(`--x\r\nContent-Disposition: form-data; name="file"${head}\r\n\r\n${content}\r\n--x--\r\n`, 'latin1'),
    { headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  ];

  test('needs neither a name nor a type, and may be long', async () => {
    for (const head of ['', '; filename=""', '; filename="-"', '\r\nContent-Type: audio/wav']) {
      const response = await transcribe(await serve(), ...part(head, `RIFF\0\0${'\xff'.repeat(50_000)}`));
      expect(await response.json()).toMatchObject({ text: 'The cat sat.' });
    }
  });

  test('that was forgotten by curl’s @ is told so', async () => {
    const response = await transcribe(await serve(), ...part('', 'note.wav'));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { message: expect.stringContaining('-F file=@note.wav'), param: 'file' } },
    ]);
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

describe('an upload that cannot be saved is told as a disk’s trouble', () => {
  const told = (message: RegExp) => ({
    error: { type: 'server_error', code: 'ERR_STORAGE', message: expect.stringMatching(message) },
  });

  test('where the disk is full, and leaves nothing behind', async () => {
    const served = await serve();
    const file = await open(import.meta.filename);
    const handles = Object.getPrototypeOf(file) as FileHandle;
    await file.close();
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const write = vi.spyOn(handles, 'writeFile').mockRejectedValueOnce(full);
    const response = await transcribe(served);
    expect([response.status, await response.json()]).toMatchObject([500, told(/upload.*ENOSPC/)]);
    write.mockRestore();
    expect(served.uploads()).toEqual([]);
    expect((await transcribe(served)).status).toBe(200);
  });

  test('where no folder can be made', async () => {
    const served = await serve();
    const folder = join(dirname(served.tokenFile), 'uploads');
    writeFileSync(folder, 'a file where the folder goes');
    const response = await transcribe(served);
    expect([response.status, await response.json()]).toMatchObject([500, told(/upload/)]);
    rmSync(folder);
    expect((await transcribe(served)).status).toBe(200);
  });
});
