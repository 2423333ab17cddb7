import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixture, ownFolder, withModels } from '../voiceinput/scene.ts';
import { nowhere, startDaemon } from './daemon.ts';

withModels();
const folder = ownFolder();
const DICTATIONS = Number(process.env['VOICEINPUT_SOAK_DICTATIONS'] ?? 8);
/** Until then caches fill and buffers grow to the size that they keep. */
const WARM_UP = Math.floor(DICTATIONS / 4);
const MOST_GROWTH_BYTES_PER_DICTATION = 60_000;

test.skipIf(process.platform !== 'linux')(
  `${DICTATIONS} short dictations leave memory flat, no descriptor and no process behind`,
  async () => {
    const source = { use: 'source-file', options: { path: fixture('one-word.flac') } };
    const daemon = await startDaemon({ folder, dictation: { source } });
    const client = await daemon.connect();
    const descriptors = (): number => readdirSync(`/proc/${daemon.child.pid}/fd`).length;
    const memory = async (): Promise<number> =>
      (await client.call('status', {})).processes.reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
    let before = { memory: 0, descriptors: 0, pids: [] as number[] };

    for (let count = 0; count < DICTATIONS; count += 1) {
      if (count === WARM_UP) before = { memory: await memory(), descriptors: descriptors(), pids: daemon.pids() };
      const { sessionId } = await client.call('start', { sink: nowhere });
      const { outcome, text } = await client.call('result', { sessionId });
      expect({ outcome, text }).toEqual({ outcome: 'done', text: expect.stringMatching(/^Yes/i) });
    }

    const growth = ((await memory()) - before.memory) / (DICTATIONS - WARM_UP);
    process.stdout.write(`memory: ${(growth / 1000).toFixed(1)} kB a dictation over ${DICTATIONS - WARM_UP}\n`);
    // Few dictations say nothing of a slope.
    if (DICTATIONS >= 500) expect(growth).toBeLessThan(MOST_GROWTH_BYTES_PER_DICTATION);
    expect(descriptors()).toBeLessThanOrEqual(before.descriptors + 4);
    expect(new Set(daemon.pids())).toEqual(new Set(before.pids));
    client.close();
    daemon.child.kill('SIGTERM');
    await daemon.ended;
    await expect.poll(() => daemon.pids()).toEqual([]);
  },
  3_600_000,
);
