import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { playDaemon } from '@voiceinput/rig/daemon';
import { afterAll, describe, expect, test } from 'vitest';
import { openHistory } from '../../src/history/history.ts';
import { voiceinput } from '../voiceinput/here.ts';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { beginDaemon, nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const WAV_HEADER_BYTES = 44;
const folders = [ownFolder(), ownFolder(), ownFolder()];
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
    const home = join(folder, 'voiceinput');
    const lost = '20260101-100000-000-abcd';
    const speech = fixture('formats/s16.wav');
    const said = readFileSync(speech).subarray(WAV_HEADER_BYTES);
    mkdirSync(join(home, 'recordings'), { recursive: true });
    writeFileSync(join(home, 'recordings', `${lost}.pcm`), Buffer.concat(Array.from({ length: 1_000 }, () => said)));

    const daemon = await startDaemon({ folder, speech });
    const client = await daemon.connect();
    const { sessionId } = await client.call('start', { sink: nowhere });
    expect(await client.call('result', { sessionId })).toMatchObject({ outcome: 'done' });
    await quit(daemon);
    const settings = { keepText: true, keepAudio: true, textDays: 30, audioHours: 24, keepCorrected: false };
    const history = await openHistory({ folder: home, settings: () => settings, warn: () => undefined });
    expect(await history.has(lost)).toBe(false);
    expect(await history.recordings.ids()).toContain(lost);
    await history.close();
  });

  test('and its files are nobody’s when the command says that it has stopped', async () => {
    const [, , folder = ''] = folders;
    const ending = spawn('sleep', ['60']);
    afterAll(() => ending.kill('SIGKILL'));
    const daemon = await playDaemon({
      folder,
      answers: {
        hello: { version: '0.1.0', pid: ending.pid! },
        quit: () => (setTimeout(() => daemon.hangUp(), 100), {}),
      },
    });
    const quitting = voiceinput(['quit'], { folder, env: { VOICEINPUT_RUNTIME_DIR: folder } });
    await daemon.heard('quit');
    expect(await Promise.race([quitting, sleep(500, 'waits')])).toBe('waits');
    ending.kill('SIGKILL');
    expect(await quitting).toMatchObject({ stdout: 'The daemon has stopped.\n', exitCode: 0 });
    await daemon.close();
  });
});
