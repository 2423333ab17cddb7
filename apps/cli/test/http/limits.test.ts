import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { RoutesPort } from '../../src/http/routes.ts';
import { formOf, heard, refusal, serve, transcribe } from './served.ts';
import type { Served } from './served.ts';

/** Reads nothing until it is let go, or called off. */
function heldReading() {
  const held = { begun: 0, calledOff: 0, letGo: (): void => undefined };
  const gate = new Promise<void>((resolve) => (held.letGo = resolve));
  const read: RoutesPort['read'] = async (_choice, _request, signal) => {
    held.begun += 1;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        held.calledOff += 1;
        reject(signal.reason as Error);
      });
    });
    await Promise.race([gate, aborted]);
    return heard();
  };
  return { held, read };
}

async function knock({ port }: Served): Promise<Socket & { heard: string }> {
  const socket = Object.assign(connect(port, '127.0.0.1'), { heard: '' });
  socket.on('error', () => undefined);
  socket.setEncoding('utf8').on('data', (text: string) => (socket.heard += text));
  await once(socket, 'connect');
  return socket;
}

const head = ({ token }: Served, ...lines: string[]): string =>
  [
    'POST /v1/audio/transcriptions HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    'Content-Type: multipart/form-data; boundary=x',
    ...lines,
    '\r\n',
  ].join('\r\n');
const PART = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';

/** It still answers, and nothing is left of whoever was turned away. */
async function isWell(served: Served): Promise<void> {
  await expect.poll(() => [served.slots.taken, served.uploads()]).toEqual([0, []]);
  expect((await transcribe(served)).status).toBe(200);
}

describe('size', () => {
  test('a file that is too large is refused, announced or not', async () => {
    const served = await serve({ limits: { fileBytes: 1_000, formBytes: 1_000 } });
    for (const bytes of [1_001, 5_000, 3_000_000]) {
      const response = await transcribe(served, formOf({}, bytes));
      expect([response.status, await response.json()]).toEqual([
        413,
        refusal('invalid_request_error', 'ERR_REQUEST_INVALID', bytes === 1_001 ? 'file' : null),
      ]);
    }
    expect((await transcribe(served, formOf({}, 1_000))).status).toBe(200);
    await isWell(served);
  });

  test('an upload that never ends is cut off', async () => {
    const served = await serve({ limits: { fileBytes: 100_000 } });
    const socket = await knock(served);
    socket.write(head(served, 'Transfer-Encoding: chunked'));
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    socket.write(chunk(PART));
    const pouring = setInterval(() => socket.write(chunk('y'.repeat(50_000))), 1);
    await once(socket, 'close');
    clearInterval(pouring);
    expect(socket.heard).toMatch(/^HTTP\/1\.1 413 /);
    await isWell(served);
  });

  test('fields are bounded in length and number', async () => {
    const served = await serve({ limits: { fieldBytes: 100, fields: 5 } });
    expect((await transcribe(served, formOf({ prompt: 'y'.repeat(100) }))).status).toBe(200);
    expect((await transcribe(served, formOf({ prompt: 'y'.repeat(101) }))).status).toBe(413);
    const many = formOf();
    for (let count = 0; count < 6; count += 1) many.append('prompt', 'y');
    expect((await transcribe(served, many)).status).toBe(400);
    await isWell(served);
  });

  test('a head is bounded', async () => {
    const served = await serve();
    const socket = await knock(served);
    socket.write(head(served, `X: ${'y'.repeat(100_000)}`));
    await once(socket, 'close');
    expect(socket.heard).toMatch(/^HTTP\/1\.1 431 [^]*"code":"ERR_REQUEST_INVALID"/);
    await isWell(served);
  });
});

describe('a client that asks before it sends', () => {
  const asking = (served: Served, ...lines: string[]) =>
    head(served, 'Expect: 100-continue', 'Content-Length: 400', ...lines);
  const rest = (served: string): string => `${PART}RIFF\r\n--x--\r\n`.padEnd(400, served);

  test('is told to go on when it is wanted', async () => {
    const served = await serve();
    const socket = await knock(served);
    socket.write(asking(served));
    await expect.poll(() => socket.heard).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    socket.write(rest(' '));
    await expect.poll(() => socket.heard).toMatch(/HTTP\/1\.1 200 [^]*The cat sat/);
    socket.destroy();
    await isWell(served);
  });

  test('is not when it is refused, and cannot go on with what it did not send', async () => {
    const served = await serve({ limits: { slots: 0 } });
    for (const [given, status] of [
      [served, 429],
      [{ ...served, token: 'x'.repeat(64) }, 401],
    ] as const) {
      const socket = await knock(served);
      socket.write(asking(given));
      await once(socket, 'close');
      expect(socket.heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*Connection: close`, 'i'));
    }
  });
});

describe('time', () => {
  test('a head that does not come to its end', async () => {
    const served = await serve({ limits: { headMs: 500 } });
    const socket = await knock(served);
    socket.write('POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    await once(socket, 'close');
    expect(socket.heard).toMatch(/^HTTP\/1\.1 408 [^]*"code":"ERR_REQUEST_INVALID"/);
    await isWell(served);
  });

  test('connections that say nothing and never close are let go of, and others are answered', async () => {
    const served = await serve({ limits: { headMs: 500 } });
    const sockets = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = connect({ port: served.port, host: '127.0.0.1', allowHalfOpen: true });
        socket.on('error', () => undefined).resume();
        await once(socket, 'connect');
        return socket;
      }),
    );
    await expect.poll(() => served.connections()).toBe(0);
    await isWell(served);
    for (const socket of sockets) socket.destroy();
  });

  test('an upload that comes byte by byte', async () => {
    const served = await serve({ limits: { uploadMs: 300 } });
    const sockets = await Promise.all(Array.from({ length: 20 }, () => knock(served)));
    for (const socket of sockets) socket.write(head(served, 'Content-Length: 1000') + PART);
    const dripping = setInterval(() => sockets.forEach((socket) => socket.write('y')), 20);
    await Promise.all(sockets.map((socket) => once(socket, 'close')));
    clearInterval(dripping);
    const statuses = sockets.map(({ heard: text }) => text.slice(9, 12)).toSorted();
    // Those that found a slot were too slow, the others found none.
    expect(new Set(statuses)).toEqual(new Set(['408', '429']));
    expect(statuses.filter((status) => status === '408').length).toBeGreaterThanOrEqual(8);
    await isWell(served);
  });

  test('a transcription that does not come to its end', async () => {
    const { held, read } = heldReading();
    const served = await serve({ read, limits: { answerMs: 100 } });
    const response = await transcribe(served);
    expect([response.status, await response.json()]).toEqual([504, refusal('server_error', 'ERR_LANE_TIMEOUT')]);
    expect(held.calledOff).toBe(1);
    held.letGo();
    await isWell(served);
  });
});

describe('many at once', () => {
  test('one is read at a time, a few wait, the others are told when to come again', async () => {
    const { held, read } = heldReading();
    const served = await serve({ read, limits: { slots: 3 } });
    const accepted = [transcribe(served), transcribe(served), transcribe(served)];
    await expect.poll(() => served.slots.taken).toBe(3);
    const busy = await transcribe(served);
    expect([busy.status, busy.headers.get('retry-after'), await busy.json()]).toEqual([
      429,
      '5',
      refusal('rate_limit_error', 'ERR_BUSY'),
    ]);
    await expect.poll(() => held.begun).toBe(1);
    held.letGo();
    expect((await Promise.all(accepted)).map(({ status }) => status)).toEqual([200, 200, 200]);
    await isWell(served);
  });

  test('who hangs up frees the slot, at every point, and nothing is left', async () => {
    const { held, read } = heldReading();
    const served = await serve({ read, limits: { slots: 3 } });
    const uploading = await knock(served);
    uploading.write(head(served, 'Content-Length: 1000') + PART);
    const hangUp = new AbortController();
    const reading = transcribe(served, formOf(), { signal: hangUp.signal }).catch(() => 'hung up');
    await expect.poll(() => held.begun).toBe(1);
    const waiting = transcribe(served, formOf(), { signal: hangUp.signal }).catch(() => 'hung up');
    await expect.poll(() => served.uploads().length).toBe(3);
    hangUp.abort();
    uploading.destroy();
    expect(await Promise.all([reading, waiting])).toEqual(['hung up', 'hung up']);
    await expect.poll(() => [served.slots.taken, served.uploads(), held.calledOff]).toEqual([0, [], 1]);
    expect(held.begun).toBe(1);
    held.letGo();
    await isWell(served);
  });

  test('who hangs up in the middle of a stream ends the reading', async () => {
    let ended = false;
    const served = await serve({
      async read(_choice, { drafted }, signal) {
        drafted('the cat');
        await once(signal, 'abort');
        ended = true;
        throw signal.reason;
      },
    });
    const response = await transcribe(served, formOf({ stream: 'true' }));
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('the cat');
    await reader.cancel();
    await expect.poll(() => [ended, served.slots.taken, served.uploads()]).toEqual([true, 0, []]);
  });
});

describe('a daemon that quits', () => {
  test('tells so whoever waits, is read, uploads or comes later', async () => {
    const { held, read } = heldReading();
    const served = await serve({ read });
    const uploading = await knock(served);
    uploading.write(head(served, 'Content-Length: 1000') + PART);
    const [one, other] = [transcribe(served), transcribe(served)];
    await expect.poll(() => [served.uploads().length, held.begun]).toEqual([3, 1]);
    served.quit();
    for (const response of [await one, await other, await transcribe(served)])
      expect([response.status, await response.json()]).toEqual([503, refusal('server_error', 'ERR_DAEMON_LOST')]);
    await expect.poll(() => uploading.heard).toMatch(/^HTTP\/1\.1 503 /);
    expect([served.slots.taken, served.uploads()]).toEqual([0, []]);
  });

  test('does not wait for who never reads or never ends', async () => {
    const served = await serve();
    const socket = await knock(served);
    socket.write('POST /v1/audio/transcriptions HTTP/1.1\r\n');
    const closed = once(socket, 'close');
    await served.close();
    await closed;
  });
});
