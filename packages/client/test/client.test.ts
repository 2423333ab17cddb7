import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, methods, openConnection, writeDaemonInfo } from '@voiceinput/client';
import type { Client, Connection } from '@voiceinput/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

describe.skipIf(process.platform === 'win32')('a client', () => {
  const never = new AbortController().signal;
  let folder: string;
  let server: Server;
  let daemon: Connection;
  let client: Client;
  const asked: string[] = [];

  beforeEach(async () => {
    asked.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'voiceinput-client-'));
    const { socket: path } = await writeDaemonInfo(folder, []);
    server = createServer((socket) => {
      daemon = openConnection(socket);
      daemon.onRequest('hello', methods.hello.params, async () => ({ version: '0.1.0', pid: 1 }));
      let abort = (): void => undefined;
      daemon.onRequest('transcribe', methods.transcribe.params, async () => {
        asked.push('transcribe');
        await new Promise<void>((resolve) => (abort = resolve));
        return { result: { outcome: 'cancelled' } };
      });
      daemon.onRequest('transcribe/abort', methods['transcribe/abort'].params, async () => {
        asked.push('transcribe/abort');
        abort();
        return {};
      });
      daemon.begin();
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    client = await connect({ client: 'a test', folder }, never);
  });
  afterEach(async () => {
    client.close();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  test('tells events to everybody who listens', async () => {
    const heard: string[] = [];
    for (const name of ['a', 'b']) client.onEvent(({ seq }) => heard.push(`${name}${seq}`));
    for (const seq of [1, 2]) daemon.notify('event', { seq, at: '', type: 'test' });
    await expect.poll(() => heard).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  test('says so when a daemon takes the connection and does not answer', async () => {
    const hanging = join(folder, 'hanging');
    const { socket: path } = await writeDaemonInfo(hanging, []);
    const stuck = createServer().listen(path);
    await expect(connect({ client: 'a test', folder: hanging }, never)).rejects.toMatchObject({
      code: 'ERR_DAEMON_TIMEOUT',
      hint: 'Restart it with: voiceinput restart',
    });
    stuck.close();
  });

  test('does not connect where somebody else could listen', async () => {
    const shared = join(folder, 'shared');
    await mkdir(shared);
    await chmod(shared, 0o777);
    const info = await writeDaemonInfo(folder, []);
    await writeFile(join(folder, 'daemon.json'), JSON.stringify({ ...info, socket: join(shared, 'daemon.sock') }));
    const foreign = createServer().listen(join(shared, 'daemon.sock'));
    await expect(connect({ client: 'a test', folder }, never)).rejects.toMatchObject({ code: 'ERR_DAEMON_REFUSED' });
    foreign.close();
  });

  test.for(['before it begins', 'while it goes on'])('ends a transcription that is called off %s', async (when) => {
    const calling = new AbortController();
    if (when === 'before it begins') calling.abort();
    const sink = {
      begin: async () => ({}),
      apply: async () => ({ kind: 'applied', proof: 'verified' }) as const,
      end: async () => undefined,
    };
    const source = { use: 'source-file', options: {} };
    const work = client.transcribe({ callId: 'x', label: 'x', source, sink, partials: false }, calling.signal);
    await expect.poll(() => asked).toContain('transcribe');
    calling.abort();
    expect(await work).toEqual({ outcome: 'cancelled' });
    expect(asked).toEqual(['transcribe', 'transcribe/abort']);
  });
});
