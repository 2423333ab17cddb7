import { readdirSync } from 'node:fs';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const ROUNDS = Number(process.env['VOICEINPUT_KILL_ROUNDS'] ?? 3);
/** What may be lost of the audio. */
const MOST_LOST_MS = 100;

async function kill(daemon: Daemon): Promise<void> {
  daemon.child.kill('SIGKILL');
  await daemon.ended;
}

describe.skipIf(process.platform !== 'linux')('a daemon that is killed', () => {
  test(`in the middle of a recording loses at most ${MOST_LOST_MS} ms; the next one recovers the rest (${ROUNDS} rounds)`, async () => {
    const folder = ownFolderOnce();
    let daemon = await startDaemon({ folder });
    for (let round = 1; round <= ROUNDS; round += 1) {
      const client = await daemon.connect();
      let heardAtMs = Infinity;
      let heardMs = 0;
      client.onEvent((event) => {
        if (event.type !== 'audio-started') return;
        heardAtMs = performance.now();
      });
      await client.call('watch', {});
      const { sessionId } = await client.call('start', { sink: nowhere });
      await sleep(randomInt(1_200));
      const pids = daemon.pids();
      heardMs = performance.now() - heardAtMs;
      await kill(daemon);
      await expect.poll(() => daemon.pids(), { timeout: 5_000 }).toEqual([]);
      expect(pids.length).toBeGreaterThanOrEqual(3);
      const kept = statSync(join(folder, 'voiceinput', 'recordings', `${sessionId}.pcm`)).size / 32;
      expect(kept).toBeGreaterThan(heardMs - MOST_LOST_MS);

      daemon = await startDaemon({ folder });
      const after = await daemon.connect();
      await expect
        .poll(async () => (await after.call('history/list', { limit: 1 })).entries[0], { timeout: 20_000 })
        .toMatchObject({ id: sessionId, mode: 'recovered', hasAudio: true });
      after.close();
    }
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    expect(readdirSync(daemon.run)).toEqual(['daemon.json']);
  }, 600_000);

  test('a lane that is killed costs no word', async () => {
    const folder = ownFolderOnce();
    const daemon = await startDaemon({ folder });
    const client = await daemon.connect();
    for (const lane of ['fast', 'refine']) {
      const { processes } = await client.call('status', {});
      const { sessionId } = await client.call('start', { sink: nowhere });
      await sleep(500);
      process.kill(processes.find(({ name }) => name === lane)!.pid, 'SIGKILL');
      expect(await client.call('result', { sessionId })).toMatchObject({
        outcome: 'done',
        text: expect.stringMatching(/\w{3}/),
      });
    }
    client.close();
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended).exitCode).toBe(0);
    await expect.poll(() => daemon.pids(), { timeout: 5_000 }).toEqual([]);
  });

  test('clients hear of it at once', async () => {
    const folder = ownFolderOnce();
    const daemon = await startDaemon({ folder });
    const client = await daemon.connect();
    const { sessionId } = await client.call('start', { sink: nowhere });
    const waiting = client.call('result', { sessionId });
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'ERR_DAEMON_LOST' }), kill(daemon)]);
    expect((await client.ended).code).toBe('ERR_DAEMON_LOST');
    await expect(client.call('status', {})).rejects.toMatchObject({ code: 'ERR_DAEMON_LOST' });
    await expect(daemon.connect()).rejects.toMatchObject({ code: 'ERR_DAEMON_MISSING' });
  });
});

function ownFolderOnce(): string {
  return folders.pop()!;
}

const folders = [ownFolder(), ownFolder(), ownFolder()];
