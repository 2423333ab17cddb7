import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { readDaemonInfo } from '@voiceinput/client';
import type { DaemonInfo } from '@voiceinput/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countingIn } from '../voiceinput/counting.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const folder = ownFolder();
const FRAMES = Number(process.env['VOICEINPUT_DOOR_FRAMES'] ?? 300);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
let daemon: Daemon;
let info: DaemonInfo;
beforeAll(async () => {
  daemon = await startDaemon({ folder, config: countingIn(folder) });
  info = await readDaemonInfo(daemon.run);
});
afterAll(async () => {
  daemon.child.kill('SIGTERM');
  await daemon.ended;
});

async function knock(): Promise<Socket> {
  const socket = connectSocket(info.socket);
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

const frame = (message: unknown): string => {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};
const hello = (changes: object = {}) =>
  frame({
    jsonrpc: '2.0',
    id: 1,
    method: 'hello',
    params: { protocol: 1, token: info.token, client: 'x', ...changes },
  });

/** All that the daemon says until it hangs up. */
async function untilEnd(socket: Socket): Promise<string> {
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  await once(socket, 'close');
  return heard;
}

/** Somebody known still gets an answer, from the same process. */
async function isWell(): Promise<void> {
  const client = await daemon.connect();
  expect((await client.call('status', {})).pid).toBe(daemon.child.pid);
  client.close();
}

describe.skipIf(process.platform === 'win32')('the door of the daemon', () => {
  test.each([
    ['a wrong token', { token: 'f'.repeat(64) }, 'ERR_DAEMON_REFUSED'],
    ['an empty token', { token: '' }, 'ERR_DAEMON_REFUSED'],
    ['another version', { protocol: 99 }, 'ERR_DAEMON_REFUSED'],
  ])('turns %s away and says why', async (_who, changes, code) => {
    const socket = await knock();
    const heard = untilEnd(socket);
    socket.write(hello(changes));
    expect(await heard).toContain(code);
    await isWell();
  });

  test('answers nothing before the hello', async () => {
    const socket = await knock();
    socket.write(frame({ jsonrpc: '2.0', id: 7, method: 'status', params: {} }));
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    await expect.poll(() => heard).toMatch(/"error"/);
    expect(heard).not.toMatch(/"pid"/);
    socket.destroy();
  });

  test('lets go of who announces more than anybody needs, before it comes', async () => {
    const socket = await knock();
    const heard = untilEnd(socket);
    socket.write('Content-Length: 99999999999\r\n\r\n');
    await heard;
    await isWell();
  });

  test('serves the others while one asks and never reads', async () => {
    const socket = await knock();
    socket.pause();
    socket.write(hello());
    socket.write(frame({ jsonrpc: '2.0', id: 2, method: 'watch', params: { text: true } }));
    const client = await daemon.connect();
    const closed = once(socket, 'close');
    // Each answer of this size stays unread.
    for (let id = 3; id < 3_000; id += 1) socket.write(frame({ jsonrpc: '2.0', id, method: 'status', params: {} }));
    expect((await client.call('status', {})).state).toBe('idle');
    const { processes } = await client.call('status', {});
    expect(processes[0]?.memoryBytes ?? 0).toBeLessThan(400_000_000);
    socket.destroy();
    await closed;
    client.close();
  });

  test(`stays well under ${FRAMES} mutated frames (seed ${SEED})`, { timeout: 600_000 }, async () => {
    const good = [
      hello(),
      frame({ jsonrpc: '2.0', id: 2, method: 'status', params: {} }),
      frame({ jsonrpc: '2.0', id: 3, method: 'history/list', params: { limit: 5 } }),
      frame({ jsonrpc: '2.0', id: 4, method: 'watch', params: { text: true, after: 0 } }),
      frame({ jsonrpc: '2.0', id: 5, method: 'set', params: { profile: 'no such profile' } }),
      frame({ jsonrpc: '2.0', id: 6, method: 'history/retry', params: { id: '2026' } }),
      frame({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 2 } }),
    ];
    const mutated = fc.record({
      index: fc.nat(good.length - 1),
      known: fc.boolean(),
      place: fc.nat(10_000),
      remove: fc.nat(20),
      insert: fc.uint8Array({ maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(mutated, async ({ index, known, place, remove, insert }) => {
        const bytes = Buffer.from(good[index]!);
        const at = place % bytes.length;
        const socket = await knock();
        if (known && index > 0) socket.write(hello());
        socket.write(Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]));
        await new Promise((resolve) => setTimeout(resolve, 1));
        socket.destroy();
      }),
      { numRuns: FRAMES, seed: SEED },
    );
    await isWell();
  });
});
