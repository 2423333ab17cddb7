import { request as send } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describeUnless } from '@voiceinput/rig/unless';
import { once } from 'node:events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ask, formOf, refusal, serve, transcribe } from './served.ts';
import type { Served } from './served.ts';

afterEach(() => vi.unstubAllEnvs());

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** Sends headers that `fetch` would not. */
async function raw({ port, token }: Served, headers: Record<string, string>, path = '/v1/models'): Promise<Raw> {
  return answerTo({ port, path, host: '127.0.0.1', headers: { authorization: `Bearer ${token}`, ...headers } });
}

async function answerTo(options: RequestOptions): Promise<Raw> {
  const outgoing = send(options);
  outgoing.end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of incoming.setEncoding('utf8')) text += String(piece);
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: JSON.parse(text) };
}

describe('who may ask', () => {
  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: `Bearer ${'f'.repeat(64)}` }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
  ])('%s is refused, whatever is asked', async (_what, headers) => {
    const served = await serve();
    for (const [path, method] of [
      ['/v1/models', 'GET'],
      ['/v1/audio/transcriptions', 'POST'],
      ['/nothing', 'GET'],
    ] as const) {
      const response = await fetch(`${served.url}${path}`, { method, headers: headers as Record<string, string> });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toEqual(refusal('authentication_error', 'ERR_DAEMON_REFUSED'));
    }
  });

  test.each(['http://evil.example', 'http://localhost:3000', 'null'])(
    'a page of %s is refused, token or not',
    async (origin) => {
      const served = await serve();
      for (const path of ['/v1/models', '/health']) {
        const answer = await raw(served, { origin }, path);
        expect(answer.status).toBe(403);
        expect(answer.body).toEqual(refusal('permission_error', 'ERR_DAEMON_REFUSED'));
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    },
  );

  test('a page that a browser sends without an origin is refused', async () => {
    const served = await serve();
    expect((await raw(served, { 'sec-fetch-site': 'cross-site' }, '/health')).status).toBe(403);
    expect((await raw(served, { 'sec-fetch-site': 'none' }, '/health')).status).toBe(200);
  });

  test('a preflight is refused and allows nothing', async () => {
    const served = await serve();
    const response = await fetch(`${served.url}/v1/models`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'GET' },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', '0.0.0.0', '[::]'])(
    'the host "%s" is refused, as a name is that was made to point here',
    async (host) => {
      const answer = await raw(await serve(), { host });
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual(refusal('permission_error', 'ERR_DAEMON_REFUSED'));
    },
  );

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST:1', '[::1]:7345'])('the host "%s" is this machine', async (host) => {
    expect((await raw(await serve(), { host })).status).toBe(200);
  });

  test('a host that is none is refused in the same form', async () => {
    const answer = await raw(await serve(), { host: 'local host\\x' });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(refusal('invalid_request_error', 'ERR_REQUEST_INVALID'));
  });

  test('only this machine reaches it', async () => {
    const { port } = await serve();
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    const address = outside?.address ?? '127.0.0.2';
    const socket = connect(port, address);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('health is told to everybody on this machine, and nothing else', async () => {
    let isReady = false;
    const served = await serve({ isReady: () => isReady });
    const opening = await fetch(`${served.url}/health`);
    expect([opening.status, await opening.json()]).toEqual([503, { status: 'opening' }]);
    isReady = true;
    const ready = await fetch(`${served.url}/health`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
  });
});

describe('the socket', () => {
  test('needs no token and no name, and is for this user only', async () => {
    const { socket } = await serve();
    const answer = await answerTo({ socketPath: socket, path: '/v1/models', headers: { host: 'voiceinput' } });
    expect(answer).toMatchObject({ status: 200, body: { object: 'list' } });
    expect(statSync(socket).mode & 0o777).toBe(0o600);
  });

  test('answers while others hold every connection of the port', async () => {
    const served = await serve({ limits: { connections: 20 } });
    const holders = Array.from({ length: 30 }, () => connect(served.port, '127.0.0.1').on('error', () => undefined));
    // All of them at one address: who asks there need not share with who asks at the other one.
    await expect.poll(() => served.connections()).toBe(20);
    const answer = await answerTo({ socketPath: served.socket, path: '/v1/models' });
    expect(answer.status).toBe(200);
    for (const holder of holders) holder.destroy();
  });
});

const here = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
const missing = here.some(({ address }) => address === '::1') ? undefined : 'This machine has no IPv6.';

describeUnless(missing)('IPv6', () => {
  test('has no connections beyond those of both addresses', async () => {
    const served = await serve({ limits: { connections: 20 } });
    const holders = Array.from({ length: 30 }, (_, at) =>
      connect(served.port, at % 2 === 0 ? '127.0.0.1' : '::1').on('error', () => undefined),
    );
    await expect.poll(() => served.connections()).toBe(20);
    holders[0]!.destroy();
    await expect.poll(() => served.connections()).toBe(19);
    const late = connect(served.port, '::1').on('error', () => undefined);
    await expect.poll(() => served.connections()).toBe(20);
    for (const holder of [...holders, late]) holder.destroy();
  });

  test('is served at the same port', async () => {
    const { port, token } = await serve();
    const response = await fetch(`http://[::1]:${port}/v1/models`, { headers: { Authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
  });

  test('of somebody else makes the port taken: localhost would lead there', async () => {
    const holder = createServer().listen(0, '::1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { listenAtPort } = await serve();
    await expect(listenAtPort(port)).rejects.toMatchObject({ code: 'ERR_PORT' });
    const free = connect(port, '127.0.0.1');
    const [error] = (await once(free, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    holder.close();
  });
});

describe('the token', () => {
  test('is a new one each time, in a file for this user only', async () => {
    const [one, other] = [await serve(), await serve()];
    expect(one.token).toMatch(/^[\da-f]{64}$/);
    expect(one.token).not.toBe(other.token);
    expect(statSync(one.tokenFile).mode & 0o777).toBe(0o600);
  });

  test('can be fixed by the environment, and is in the file too', async () => {
    const token = 'a-secret-of-mine-42';
    vi.stubEnv('VOICEINPUT_HTTP_TOKEN', token);
    const served = await serve();
    expect(served.token).toBe(token);
    expect((await ask(served, '/v1/models')).status).toBe(200);
  });

  test.each(['short', 'with spaces in between', 'ümläute-are-not-ascii'])(
    '"%s" is not fit to be one',
    async (token) => {
      vi.stubEnv('VOICEINPUT_HTTP_TOKEN', token);
      await expect(serve()).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    },
  );
});

describe('what can be asked', () => {
  test('models are listed as OpenAI does', async () => {
    const served = await serve();
    const { object, data } = (await (await ask(served, '/v1/models')).json()) as {
      object: string;
      data: { id: string }[];
    };
    expect(object).toBe('list');
    expect(data.map(({ id }) => id)).toEqual(['voiceinput', 'default', 'quick']);
    expect(await (await ask(served, '/v1/models/quick')).json()).toEqual(data[2]);
    const unknown = await ask(served, '/v1/models/gpt-9');
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      refusal('invalid_request_error', 'ERR_MODEL_UNKNOWN', 'model'),
    ]);
  });

  test.each([
    ['GET', '/v1/audio/transcriptions', 'POST'],
    ['PUT', '/v1/audio/transcriptions', 'POST'],
    ['DELETE', '/v1/models', 'GET'],
    ['POST', '/health', 'GET'],
  ])('%s %s is not allowed, but %s is', async (method, path, allowed) => {
    const response = await ask(await serve(), path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
    expect(await response.json()).toEqual(refusal('invalid_request_error', 'ERR_REQUEST_INVALID'));
  });

  test.each(['/v1/chat/completions', '/inference', '/asr', '/', '/v1', '/v1/inference/'])(
    '%s is not there, and what is there is told',
    async (path) => {
      const response = await ask(await serve(), path, { method: 'POST', body: '{}' });
      const body = await response.json();
      expect([response.status, body]).toEqual([404, refusal('invalid_request_error', 'ERR_REQUEST_INVALID')]);
      expect(body).toMatchObject({ error: { message: expect.stringContaining('POST /v1/audio/transcriptions') } });
    },
  );

  test.each([
    '/audio/transcriptions',
    '/v1/audio/transcriptions/',
    '/v1/v1/audio/transcriptions',
    '//v1//audio/transcriptions',
  ])('%s is understood', async (path) => {
    const response = await ask(await serve(), path, { method: 'POST', body: formOf() });
    expect(response.status).toBe(200);
  });

  test('an address in its own way needs the token like every other', async () => {
    const { url } = await serve();
    for (const path of ['//v1/models', '/models/', '/health/models', '/v1/health/../models'])
      expect((await fetch(`${url}${path}`)).status).toBe(401);
    expect((await fetch(`${url}/v1/health/`)).status).toBe(200);
  });

  test('translations are refused with what there is instead', async () => {
    const response = await ask(await serve(), '/v1/audio/translations', { method: 'POST', body: formOf() });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { message: expect.stringContaining('/v1/audio/transcriptions') } },
    ]);
  });

  test('a name of a model that programs have built in is one', async () => {
    const served = await serve();
    for (const name of ['whisper-1', 'gpt-4o-mini-transcribe-2025-12-15'])
      expect(await (await ask(served, `/v1/models/${name}`)).json()).toMatchObject({ id: name, object: 'model' });
  });

  test('no answer may be kept or taken for something else', async () => {
    const served = await serve();
    for (const response of [
      await ask(served, '/v1/models'),
      await ask(served, '/x'),
      await transcribe(served, formOf()),
    ]) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
