import { once } from 'node:events';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import OpenAI, { APIError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nowhere, startDaemon } from '../daemon/daemon.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { voiceinput } from '../voiceinput/run.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';

withModels();
const REQUESTS = Number(process.env['VOICEINPUT_HTTP_REQUESTS'] ?? 200);
const ROUNDS = Number(process.env['VOICEINPUT_HTTP_ROUNDS'] ?? 1);
const ARGS = ['--http', '--port', '0'];
const folder = ownFolder();
let daemon: Daemon;
let url: string;
let token: string;
let openai: OpenAI;
beforeAll(async () => {
  daemon = await startDaemon({ folder, args: ARGS });
  ({ url, token } = await addressOf(daemon));
  openai = clientOf(url, token);
});
afterAll(async () => {
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

const clientOf = (baseURL: string, apiKey: string): OpenAI => new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const uploadsOf = ({ run }: Daemon): string[] =>
  existsSync(join(run, 'uploads')) ? readdirSync(join(run, 'uploads')) : [];
const sentences = () => createReadStream(fixture('two-sentences.flac'));
const fox = () => createReadStream(fixture('formats/flac.flac'));
const SAID = 'Please close the window. It is getting cold in here.';
const model = 'voiceinput';

async function addressOf(of: Daemon): Promise<{ url: string; tokenFile: string; token: string }> {
  const client = await of.connect();
  const { http } = await client.call('status', {});
  client.close();
  return { ...http!, token: readFileSync(http!.tokenFile, 'utf8').trim() };
}

describe('the official client of OpenAI', () => {
  test('gets the text of a file', async () => {
    const { text } = await openai.audio.transcriptions.create({
      file: sentences(),
      model: 'whisper-1',
      language: 'en',
    });
    expect(text).toBe(SAID);
  });

  test('gets every format', async () => {
    const ask = (response_format: 'text' | 'srt' | 'vtt' | 'verbose_json') =>
      openai.audio.transcriptions.create({ file: fox(), model, response_format });
    expect(await ask('text')).toBe('The brown fox waits by the river.\n');
    expect(await ask('srt')).toMatch(/^1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\nThe brown fox/);
    expect(await ask('vtt')).toMatch(/^WEBVTT\n\n00:00:00\.\d{3} --> 00:00:0\d\.\d{3}\nThe brown fox/);
    const verbose = await openai.audio.transcriptions.create({
      file: fox(),
      model,
      response_format: 'verbose_json',
      timestamp_granularities: ['segment'],
    });
    expect(verbose).toMatchObject({ language: 'english', text: 'The brown fox waits by the river.' });
    expect(verbose.duration).toBeGreaterThan(1.5);
    expect(verbose.segments?.map(({ text }) => text).join(' ')).toBe(verbose.text);
  });

  test('gets the draft while the file is heard, and the better text in the end', async () => {
    const file = createReadStream(fixture('long.flac'));
    const stream = await openai.audio.transcriptions.create({ file, model, stream: true });
    const events = [];
    for await (const event of stream) events.push(event);
    const deltas = events.flatMap((event) => (event.type === 'transcript.text.delta' ? [event.delta] : []));
    const last = events.at(-1);
    expect(deltas.length).toBeGreaterThan(1);
    const done = last?.type === 'transcript.text.done' ? last.text : '';
    // What the second reading changes in this file is little.
    expect(done).toMatch(/^Good morning/);
    expect(deltas.join('')).toMatch(/^Good morning/);
    expect(Math.abs(done.length - deltas.join('').length)).toBeLessThan(done.length / 10);
  });

  test('gets the models, and an answer from each', async () => {
    const { data } = await openai.models.list();
    expect(data.map(({ id }) => id)).toEqual(['voiceinput', 'default']);
    expect(await openai.models.retrieve('default')).toEqual(data[1]);
  });

  test.each([
    [{ model: 'gpt-9' }, 404, 'ERR_MODEL_UNKNOWN', 'model'],
    [{ language: 'de' }, 400, 'ERR_REQUEST_INVALID', 'language'],
    [{ temperature: 1.5 }, 400, 'ERR_REQUEST_INVALID', 'temperature'],
  ])('understands why %o is refused', async (wrong, status, code, param) => {
    const asked = openai.audio.transcriptions.create({ file: sentences(), model, ...wrong });
    await expect(asked).rejects.toMatchObject({ status, code, param });
    await expect(asked).rejects.toBeInstanceOf(APIError);
  });

  test('hears that a file is no audio, by the name that it gave it', async () => {
    const file = new File(['nothing to hear'], 'letter.wav');
    const asked = openai.audio.transcriptions.create({ file, model });
    await expect(asked).rejects.toMatchObject({
      status: 400,
      code: 'ERR_AUDIO_FORMAT',
      message: expect.stringMatching(/^400 "?letter\.wav/),
    });
    expect(uploadsOf(daemon)).toEqual([]);
  });

  test('with a wrong token is refused', async () => {
    await expect(clientOf(url, 'x'.repeat(64)).models.list()).rejects.toMatchObject({
      status: 401,
      code: 'ERR_DAEMON_REFUSED',
    });
  });

  test('calls a transcription off', async () => {
    const control = new AbortController();
    const request = { file: sentences(), model, stream: true } as const;
    const stream = await openai.audio.transcriptions.create(request, { signal: control.signal });
    for await (const event of stream) {
      expect(event.type).toBe('transcript.text.delta');
      control.abort();
    }
    await expect.poll(() => uploadsOf(daemon)).toEqual([]);
    // Its slot and its turn are free again.
    expect((await openai.audio.transcriptions.create({ file: sentences(), model })).text).toMatch(/^Please/);
  });
});

test(
  `a dictation is as well as alone while ${REQUESTS} transcriptions are asked for at once, and comes before them (${ROUNDS} times)`,
  {
    timeout: 3_600_000,
  },
  async () => {
    for (let round = 1; round <= ROUNDS; round += 1) await dictateInACrowd();
  },
);

/** One file is being read already when the dictation begins. */
async function dictateInACrowd(): Promise<void> {
  const file = readFileSync(fixture('one-word.flac'));
  let isOver = false;
  const ask = async (): Promise<{ status: number; early: boolean }> => {
    const body = new FormData();
    body.set('file', new Blob([file]), 'one-word.flac');
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/audio/transcriptions`, { method: 'POST', headers, body });
    await response.arrayBuffer();
    return { status: response.status, early: !isOver };
  };
  const before = openai.audio.transcriptions.create({ file: createReadStream(fixture('long.flac')), model });
  await expect.poll(() => uploadsOf(daemon).length).toBe(1);
  const client = await daemon.connect();
  const { sessionId } = await client.call('start', { mode: 'toggle', sink: nowhere });
  const asked = Array.from({ length: REQUESTS }, ask);
  const entry = await client.call('result', { sessionId });
  isOver = true;
  // Whoever waited for this one to be over does not hinder the next.
  await client.call('start', { mode: 'toggle', sink: nowhere });
  await client.call('cancel', {});
  client.close();
  expect(entry).toMatchObject({ outcome: 'done', text: SAID, audioMs: 4_676 });
  expect((await before).text).toMatch(/^Good morning/);
  const answers = await Promise.all(asked);
  const count = (wanted: number): number => answers.filter(({ status }) => status === wanted).length;
  expect(count(200)).toBeGreaterThanOrEqual(7);
  expect(count(200) + count(429)).toBe(REQUESTS);
  expect(answers.filter(({ status, early }) => status === 200 && early)).toEqual([]);
  expect(uploadsOf(daemon)).toEqual([]);
  expect((await openai.audio.transcriptions.create({ file: sentences(), model })).text).toBe(SAID);
}

describe('the daemon', () => {
  test('tells where it answers, and the token is for its user only', async () => {
    const { tokenFile } = await addressOf(daemon);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const status = await voiceinput(['status'], { folder, env: daemon.env });
    expect(status.stdout).toContain(`${url}, token in ${tokenFile}`);
    expect(status.stdout).toContain(`${join(daemon.run, 'http.sock')}, without a token`);
    const health = await fetch(new URL('/health', url));
    expect(await health.json()).toEqual({ status: 'ok' });
  });

  test('dictates without HTTP where the port is taken, says so, writes no token, and opens it when it is free', async () => {
    const other = ownFolder();
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    // Of a daemon that was killed.
    mkdirSync(join(other, 'run'), { mode: 0o700 });
    writeFileSync(join(other, 'run', 'http.token'), 'old');
    const second = await startDaemon({ folder: other, args: ['--http', '--port', String(port)] });
    expect(existsSync(join(other, 'run', 'http.token'))).toBe(false);
    const status = async () => (await voiceinput(['status'], { folder: other, env: second.env })).stdout;
    expect(await status()).toMatch(new RegExp(`Port ${port} .* cannot be opened: it is in use`));
    // What is not the port's does not wait for it.
    const asked = request({ socketPath: join(second.run, 'http.sock'), path: '/v1/models' }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
    holder.close();
    await expect.poll(status, { interval: 500 }).toMatch(new RegExp(`^http +http://127.0.0.1:${port}/v1`, 'm'));
    expect(await status()).not.toMatch(/it is in use/);
    expect(existsSync(join(other, 'run', 'http.token'))).toBe(true);
    second.child.kill('SIGTERM');
    await second.ended;
  });

  test('does not open a port that was not asked for', async () => {
    const mistaken = [
      ['--port', '0'],
      ['--http', '--port', '65536'],
      ['--http', '--port', 'x'],
    ];
    const ended = await Promise.all(mistaken.map((args) => voiceinput(['serve', ...args], { folder })));
    for (const { exitCode, stderr } of ended)
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('ERR_USAGE')]);
  });

  test('says so when it quits, and leaves neither upload nor token; one that was killed does, until the next starts', async () => {
    const own = ownFolder();
    const first = await startDaemon({ folder: own, args: ARGS });
    const long = () => createReadStream(fixture('long.flac'));
    const firstAddress = await addressOf(first);
    const cut = clientOf(firstAddress.url, firstAddress.token).audio.transcriptions.create({ file: long(), model });
    cut.catch(() => undefined);
    await expect.poll(() => uploadsOf(first).length).toBe(1);
    first.child.kill('SIGKILL');
    await first.ended;
    await expect(cut).rejects.toThrow('Connection error');
    expect(uploadsOf(first)).toHaveLength(1);

    const second = await startDaemon({ folder: own, args: ARGS });
    expect(uploadsOf(second)).toEqual([]);
    const { url: baseUrl, token: newToken, tokenFile } = await addressOf(second);
    expect(newToken).not.toBe(firstAddress.token);
    const told = clientOf(baseUrl, newToken).audio.transcriptions.create({ file: long(), model });
    told.catch(() => undefined);
    await expect.poll(() => uploadsOf(second).length).toBe(1);
    second.child.kill('SIGTERM');
    await expect(told).rejects.toMatchObject({ status: 503, code: 'ERR_DAEMON_LOST' });
    expect((await second.ended).exitCode).toBe(0);
    expect([uploadsOf(second), existsSync(tokenFile), existsSync(join(second.run, 'http.sock'))]).toEqual([
      [],
      false,
      false,
    ]);
  });

  test('has kept nothing and said nothing of what was asked of it, right or wrong', async () => {
    const client = await daemon.connect();
    const { entries } = await client.call('history/list', {});
    client.close();
    // What was dropped before anybody spoke is not remembered either.
    expect(entries.map(({ label }) => label)).toEqual(Array.from({ length: ROUNDS }, () => 'microphone'));
    daemon.child.kill('SIGTERM');
    const { stdout, stderr } = await daemon.ended;
    expect(stdout).toMatch(/^Listening at .*\nHTTP at .*\nReady: .*\n$/);
    expect(stderr).not.toMatch(/error/i);
  });
});
