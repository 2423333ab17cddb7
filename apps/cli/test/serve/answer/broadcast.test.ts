import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Connection } from '@voiceinput/client';
import { openConnection } from '@voiceinput/client';
import { expect, test } from 'vitest';
import { createBroadcast } from '../../../src/serve/answer/broadcast.ts';
import { ownFolder } from '../../voiceinput/scene.ts';

const folder = ownFolder();

test.skipIf(process.platform === 'win32')('a client that does not read its events is let go of', async () => {
  const path = join(folder, 'door');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const reader = connect(path);
  const [socket] = (await once(server, 'connection')) as [Parameters<typeof openConnection>[0]];
  const connection: Connection = openConnection(socket);
  connection.begin();
  const broadcast = createBroadcast();
  broadcast.watch(connection, { text: true });
  const state = { isOver: false };
  void connection.ended.then(() => (state.isOver = true));
  for (let told = 0; told < 20_000 && !state.isOver; told += 1) {
    broadcast.emit({ type: 'text', text: 'x'.repeat(1_000) });
    if (told % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(state.isOver).toBe(true);
  expect((await connection.ended).message).toMatch(/not reading/);
  reader.destroy();
  server.close();
});

test('words of a dictation that is forgotten are told to nobody who comes back', () => {
  const broadcast = createBroadcast();
  const told: unknown[] = [];
  const connection = {
    notify: (_method: string, event: unknown) => told.push(event),
    ended: new Promise(() => undefined),
  };
  for (const sessionId of ['a', 'b']) broadcast.emit({ type: 'text', sessionId, text: `words of ${sessionId}` });
  broadcast.forget('a');
  broadcast.watch(connection as unknown as Connection, { text: true, after: 0 });
  expect(told).toMatchObject([{ seq: 1 }, { seq: 2, text: 'words of b' }]);
  expect(told[0]).not.toHaveProperty('text');
});
