// What a connection does with a side that does not keep to the protocol.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConnection, sinkMethods } from '@voiceinput/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';

/** The ends of one connection. */
async function openPair(): Promise<readonly [Socket, Socket]> {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-connection-'));
  const path = join(folder, 'socket');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const theirs = connect(path);
  const [ours] = (await once(server, 'connection')) as [Socket];
  onTestFinished(async () => {
    theirs.destroy();
    ours.destroy();
    server.close();
    await rm(folder, { recursive: true });
  });
  return [ours, theirs];
}

describe.skipIf(process.platform === 'win32')('a connection', () => {
  test('ends when the other side asks and does not read the answers', async () => {
    const [ours, theirs] = await openPair();
    const connection = openConnection(ours);
    connection.onRequest('read', z.object({}), async () => ({ text: 'x'.repeat(100_000) }));
    connection.begin();
    for (let id = 1; id <= 1_000; id += 1) {
      const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'read', params: {} });
      theirs.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    }
    expect((await connection.ended).message).toMatch(/not reading/);
  });

  test('carries messages of the greatest size one after the other', async () => {
    const [ours, theirs] = await openPair();
    const [asking, answering] = [openConnection(ours), openConnection(theirs)];
    answering.onRequest('echo', z.object({ text: z.string() }), async (params) => params);
    asking.begin();
    answering.begin();
    const text = 'ä'.repeat(1_900_000);
    for (let round = 0; round < 5; round += 1)
      expect(await asking.request('echo', { text }, z.object({ text: z.string() }))).toEqual({ text });
  });

  test('refuses what is nested too deeply, on either side, and goes on', async () => {
    const [ours, theirs] = await openPair();
    const [asking, answering] = [openConnection(ours), openConnection(theirs)];
    const tree: z.ZodMiniType = z.lazy(() => z.union([z.number(), z.array(tree)]));
    answering.onRequest('measure', z.object({ tree }), async () => ({}));
    asking.begin();
    answering.begin();
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    const tooDeep = { code: 'ERR_REQUEST_INVALID', message: 'The message is nested too deeply.' };
    await expect(asking.request('measure', { tree: deep }, z.object({}))).rejects.toMatchObject(tooDeep);
    expect(await asking.request('measure', { tree: [1] }, z.object({}))).toEqual({});
  });

  test('ends with the reason when a notification is not of the expected form', async () => {
    const [ours, theirs] = await openPair();
    const heard: unknown[] = [];
    const [listening, telling] = [openConnection(ours), openConnection(theirs)];
    listening.onNotification('event', z.object({ seq: z.int() }), (event) => heard.push(event));
    listening.begin();
    telling.begin();
    telling.notify('event', { seq: 1 });
    telling.notify('event', { seq: 'two' });
    const { code, message } = await listening.ended;
    expect({ code, message }).toMatchObject({
      code: 'ERR_REQUEST_INVALID',
      message: expect.stringMatching(/^event: seq: /) as string,
    });
    expect(heard).toEqual([{ seq: 1 }]);
  });

  test('ends with the reason when whoever listens fails', async () => {
    const [ours, theirs] = await openPair();
    const [listening, telling] = [openConnection(ours), openConnection(theirs)];
    listening.onNotification('event', z.object({}), () => {
      throw new Error('the picture cannot be drawn');
    });
    listening.begin();
    telling.begin();
    telling.notify('event', {});
    expect((await listening.ended).message).toBe('the picture cannot be drawn');
  });

  test.for([
    ['sink/begin', { words: 'Kubernetes' }],
    ['sink/begin', { hybrid: 'yes' }],
    ['sink/begin', { app: 7 }],
    ['sink/begin', { secret: 1 }],
    ['sink/apply', { kind: 'done' }],
  ] as const)('refuses an answer to %s of another form: %o', async ([method, answer]) => {
    const [ours, theirs] = await openPair();
    const [asking, answering] = [openConnection(ours), openConnection(theirs)];
    answering.onRequest(method, z.looseObject({}), async () => answer);
    asking.begin();
    answering.begin();
    const { result }: { readonly result: z.core.$ZodType } = sinkMethods[method];
    await expect(asking.request(method, {}, result)).rejects.toMatchObject({
      code: 'ERR_REQUEST_INVALID',
    });
  });
});
