import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openHistory } from '../../src/history/history.ts';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { beginDaemon, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const folders = [ownFolder(), ownFolder()];
/** Takes every request and answers none. */
const registry = createServer();
afterAll(() => {
  registry.closeAllConnections();
  registry.close();
});

async function quit(daemon: Daemon): Promise<void> {
  const client = await daemon.connect();
  await client.call('quit', {});
  expect((await daemon.ended).exitCode).toBe(0);
}

describe('a daemon ends when it is told to', () => {
  test('while it still fetches models', async () => {
    const [folder = ''] = folders;
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    const { port } = registry.address() as AddressInfo;
    const env = { VOICEINPUT_CACHE_DIR: join(folder, 'cache'), npm_config_registry: `http://127.0.0.1:${port}/` };
    const daemon = beginDaemon({ folder, env });
    await daemon.shows(/^Listening/m);
    await quit(daemon);
  });

  test('while it still reads what was recovered, and who speaks did not wait for that; the next one does it', async () => {
    const [, folder = ''] = folders;
    const first = await startDaemon({ folder });
    const client = await first.connect();
    const { sessionId } = await client.call('start', { sink: nowhere });
    await client.call('result', { sessionId });
    await quit(first);
    const home = join(folder, 'voiceinput');
    const pathOf = (id: string): string => join(home, 'recordings', `${id}.pcm`);
    const lost = '20260101-100000-000-abcd';
    const said = readFileSync(pathOf(sessionId));
    writeFileSync(pathOf(lost), Buffer.concat(Array.from({ length: 400 }, () => said)));

    const second = await startDaemon({ folder });
    const talker = await second.connect();
    const spoken = (await talker.call('start', { sink: nowhere })).sessionId;
    expect(await talker.call('result', { sessionId: spoken })).toMatchObject({ outcome: 'done' });
    await quit(second);
    const settings = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24 };
    const history = await openHistory({ folder: home, settings, warn: () => undefined });
    expect(await history.has(lost)).toBe(false);
    expect(await history.recordings.ids()).toContain(lost);
    await history.close();
  });
});
