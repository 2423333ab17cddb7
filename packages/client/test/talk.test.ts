import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { talkOver } from '@voiceinput/client';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';

test.skipIf(process.platform === 'win32')('who asks and does not read the answers is let go of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'voiceinput-talk-'));
  const path = join(folder, 'socket');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const asking = connect(path);
  const [socket] = (await once(server, 'connection')) as [Socket];
  const talk = talkOver(socket);
  talk.answer('read', z.object({}), async () => ({ text: 'x'.repeat(100_000) }));
  talk.begin();
  for (let id = 1; id <= 1_000; id += 1) {
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'read', params: {} });
    asking.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  }
  expect((await talk.ended).message).toMatch(/does not read/);
  asking.destroy();
  server.close();
  await rm(folder, { recursive: true });
});
