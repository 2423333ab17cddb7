import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';
import type { Daemon } from './daemon.ts';

withModels();
const ROUNDS = Number(process.env['VOICEINPUT_RECOVERY_ROUNDS'] ?? 2);
const SEED = Number(process.env['VOICEINPUT_PROPERTY_SEED'] ?? 1);
/** What may be lost of the audio. */
const MOST_LOST_MS = 100;
const folders = [ownFolder(), ownFolder(), ownFolder()];

async function kill(daemon: Daemon): Promise<void> {
  daemon.child.kill('SIGKILL');
  await daemon.ended;
}

async function nobodyIsLeft(daemon: Daemon): Promise<void> {
  await expect.poll(() => daemon.pids()).toEqual([]);
}

/** Kills the daemon `afterMs` into a recording, and lets the next one make up for it. */
async function killDaemon(daemon: Daemon, folder: string, afterMs: number): Promise<Daemon> {
  const client = await daemon.connect();
  let heardAtMs = Infinity;
  client.onEvent((event) => {
    if (event.type === 'audio-started') heardAtMs = performance.now();
  });
  await client.call('watch', {});
  const { sessionId } = await client.call('start', { sink: nowhere });
  await sleep(afterMs);
  const heardMs = performance.now() - heardAtMs;
  // On a busy machine the daemon's turn comes late; what it answers, it answers after what it heard.
  await client.call('status', {});
  await kill(daemon);
  await nobodyIsLeft(daemon);
  const path = join(folder, 'voiceinput', 'recordings', `${sessionId}.pcm`);
  const keptMs = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 32;
  expect(keptMs).toBeGreaterThan(heardMs - MOST_LOST_MS);
  const next = await startDaemon({ folder });
  if (keptMs > 0) {
    const after = await next.connect();
    const newest = async () => (await after.call('history/list', { limit: 1 })).entries[0];
    await expect.poll(newest).toMatchObject({ id: sessionId, mode: 'recovered', hasAudio: true });
    after.close();
    await next.shows(new RegExp(`^Recovered .*${sessionId}`, 'm'));
  }
  return next;
}

/** Kills a lane `afterMs` into a dictation; no word may be missing. */
async function killLane(daemon: Daemon, lane: string, afterMs: number): Promise<void> {
  const client = await daemon.connect();
  const { processes } = await client.call('status', {});
  const { sessionId } = await client.call('start', { sink: nowhere });
  await sleep(afterMs);
  const victim = processes.find(({ name }) => name === lane);
  if (victim !== undefined) process.kill(victim.pid, 'SIGKILL');
  const entry = await client.call('result', { sessionId });
  expect(entry).toMatchObject({ outcome: 'done', text: expect.stringMatching(/Please .* here/) });
  client.close();
}

describe.skipIf(process.platform !== 'linux')('what is killed', () => {
  test(`in the middle of a dictation costs at most ${MOST_LOST_MS} ms of audio and no word (${ROUNDS} rounds, seed ${SEED})`, async () => {
    const [folder = ''] = folders;
    const round = fc.record({
      victim: fc.constantFrom('daemon', 'daemon', 'daemon', 'fast', 'refine'),
      afterMs: fc.integer({ min: 0, max: 1_200 }),
    });
    let daemon = await startDaemon({ folder });
    for (const { victim, afterMs } of fc.sample(round, { numRuns: ROUNDS, seed: SEED })) {
      if (victim === 'daemon') daemon = await killDaemon(daemon, folder, afterMs);
      else await killLane(daemon, victim, 2 * afterMs);
    }
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    expect(readdirSync(daemon.run)).toEqual(['cues', 'daemon.json']);
  }, 7_200_000);

  test('is a lane: no word is missing, and the daemon ends well', async () => {
    const daemon = await startDaemon({ folder: folders[1]! });
    for (const lane of ['fast', 'refine']) await killLane(daemon, lane, 500);
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended).exitCode).toBe(0);
    await nobodyIsLeft(daemon);
  });

  test('is told to clients at once', async () => {
    const daemon = await startDaemon({ folder: folders[2]! });
    const client = await daemon.connect();
    const { sessionId } = await client.call('start', { sink: nowhere });
    const waiting = client.call('result', { sessionId });
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'ERR_DAEMON_LOST' }), kill(daemon)]);
    expect((await client.ended).code).toBe('ERR_DAEMON_LOST');
    await expect(client.call('status', {})).rejects.toMatchObject({ code: 'ERR_DAEMON_LOST' });
    await expect(daemon.connect()).rejects.toMatchObject({ code: 'ERR_DAEMON_MISSING' });
  });
});
