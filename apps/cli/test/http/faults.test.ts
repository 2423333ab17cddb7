// Whether connections that are faulty in every way cost anything: neither an answer to others, nor a descriptor, slot or file.

import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { serve, transcribe } from './served.ts';
import type { Served } from './served.ts';

const FAULTS = Number(process.env['VOICEINPUT_HTTP_FAULTS'] ?? 200);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 20_261_121);
/** At the same time. */
const AT_ONCE = 40;

interface Fault {
  readonly socket: Socket;
  readonly token: string;
  readonly random: () => number;
}

const PART = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
const FORM = `${PART}RIFF\r\n--x--\r\n`;
const headOf = (token: string, ...lines: string[]): string =>
  [
    'POST /v1/audio/transcriptions HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: multipart/form-data; boundary=x',
    ...lines,
    '\r\n',
  ].join('\r\n');
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** What a connection does wrong. Whatever is still open afterwards is hung up, one way or the other. */
const faults: Readonly<Record<string, (fault: Fault) => unknown>> = {
  silence: () => undefined,
  garbage: ({ socket, random }) => socket.write(Buffer.from(Array.from({ length: 500 }, () => random() * 256))),
  'a handshake of TLS': ({ socket }) => socket.write(Buffer.from('16030100c8010000c40303', 'hex')),
  'half a head': ({ socket, token, random }) => socket.write(headOf(token).slice(0, 1 + random() * 150)),
  'a head without end': ({ socket, token }) => socket.write(headOf(token, `X: ${'y'.repeat(100_000)}`)),
  'thousands of headers': ({ socket, token }) =>
    socket.write(headOf(token, ...Array.from({ length: 3_000 }, (_, index) => `X-${index}: y`))),
  'a length that is too long': ({ socket, token }) => socket.write(`${headOf(token, 'Content-Length: 99999')}${FORM}`),
  'a length that is too short': ({ socket, token }) => socket.write(`${headOf(token, 'Content-Length: 20')}${FORM}`),
  'a length that is none': ({ socket, token, random }) =>
    socket.write(headOf(token, `Content-Length: ${['-1', '1e3', '0x10', '9'.repeat(30)][Math.floor(random() * 4)]}`)),
  'two lengths': ({ socket, token }) => socket.write(headOf(token, 'Content-Length: 5', 'Content-Length: 500') + FORM),
  'a length and chunks': ({ socket, token }) =>
    socket.write(headOf(token, 'Content-Length: 5', 'Transfer-Encoding: chunked') + chunk(FORM)),
  'a chunk that is none': ({ socket, token }) =>
    socket.write(`${headOf(token, 'Transfer-Encoding: chunked')}zz\r\n${FORM}`),
  'chunks without end': ({ socket, token }) =>
    socket.write(headOf(token, 'Transfer-Encoding: chunked') + chunk(PART) + chunk('y'.repeat(10_000))),
  'an unknown encoding': ({ socket, token }) => socket.write(headOf(token, 'Transfer-Encoding: brotli') + FORM),
  'a question whether to go on, and then nothing': ({ socket, token }) =>
    socket.write(headOf(token, 'Expect: 100-continue', 'Content-Length: 999')),
  'an unknown expectation': ({ socket, token }) => socket.write(headOf(token, 'Expect: cake', 'Content-Length: 0')),
  'a form that is cut off': ({ socket, token, random }) => {
    const cut = FORM.slice(0, random() * FORM.length);
    return socket.write(`${headOf(token, `Content-Length: ${cut.length}`)}${cut}`);
  },
  'an upload that stops': ({ socket, token }) =>
    socket.write(`${headOf(token, 'Content-Length: 5000000')}${PART}${'y'.repeat(1_000_000)}`),
  'half of the connection closed': ({ socket, token }) => socket.end(headOf(token, 'Content-Length: 500') + PART),
  'many requests at once': ({ socket, token }) =>
    socket.write(`${headOf(token, `Content-Length: ${FORM.length}`)}${FORM}`.repeat(20)),
  'a wrong token and a large body': ({ socket }) =>
    socket.write(`${headOf('x'.repeat(64), 'Content-Length: 3000000')}${'y'.repeat(3_000_000)}`),
  async 'drops, one by one'({ socket, token }) {
    for (const letter of headOf(token).slice(0, 20)) {
      if (!socket.destroyed) socket.write(letter);
      await sleep(5);
    }
  },
};
const kinds = Object.entries(faults);

async function hasAnswered(served: Served, index: number): Promise<void> {
  const place = index % 2 === 0 ? { socketPath: served.socket } : { port: served.port, host: '127.0.0.1' };
  const asked = request({ ...place, path: '/health', agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  answer.resume();
}

async function commit(served: Served, index: number, random: () => number): Promise<void> {
  const [, act] = kinds[index % kinds.length]!;
  const socket = random() < 0.5 ? connect(served.socket) : connect(served.port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  // Not `once` of events: it would reject for the errors that are meant to come.
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await Promise.race([closed, new Promise<void>((resolve) => socket.once('connect', resolve))]);
  await act({ socket, token: served.token, random });
  await sleep(random() * 200);
  const how = random();
  // Only connections of the network can be reset.
  if (how < 0.3 && socket.remoteAddress !== undefined) socket.resetAndDestroy();
  else if (how < 0.6) socket.destroy();
  else socket.end();
  await closed;
}

test(
  `${FAULTS} faulty connections leave nothing behind, and others are answered meanwhile`,
  { timeout: 3_600_000 },
  async () => {
    const served = await serve({ limits: { headMs: 1_000, uploadMs: 1_000 } });
    const random = seededRandom(SEED);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = (next += 1); index <= FAULTS; index = next += 1) {
        await commit(served, index, random);
        if (index % 20 === 0) await hasAnswered(served, index / 20);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await expect.poll(() => [served.slots.taken, served.uploads()]).toEqual([0, []]);
    await expect.poll(() => served.connections()).toBe(0);
    expect(await (await transcribe(served)).json()).toMatchObject({ text: 'The cat sat.' });
  },
);

test('a connection goes on after a refusal', async () => {
  const served = await serve();
  const socket = connect(served.port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  await once(socket, 'connect');
  const asked = `Content-Length: ${FORM.length}`;
  for (const [token, status] of [
    ['x'.repeat(64), 401],
    [served.token, 200],
    ['', 401],
    [served.token, 200],
  ] as const) {
    heard = '';
    socket.write(headOf(token, asked) + FORM);
    await expect.poll(() => heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*}`));
  }
  socket.destroy();
});
