// The long recording: as long as asked for, the clips in turn with their gaps, readable as audio.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { samplesOf } from '../src/evaluation/samples.ts';
import { writeRecording } from '../src/throughput/recording.ts';

const path = fileURLToPath(new URL('../../fixtures/one-word.flac', import.meta.url));
const clip = {
  id: '',
  set: 'speech' as const,
  path,
  durationS: 0,
  language: 'en',
  slots: [],
  group: '',
  condition: '',
};
const { signal } = new AbortController();

it('strings clips together until it is long enough', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-recording-'));
  try {
    const file = join(folder, 'recording.wav');
    const one = await samplesOf(path, signal);
    const period = one.length + 6400;
    const lengthS = await writeRecording(file, { clips: [clip], lengthS: (2.5 * period) / 16_000 }, signal);
    expect(lengthS).toBe((3 * period) / 16_000);

    const whole = await samplesOf(file, signal);
    expect(whole).toHaveLength(3 * period);
    for (const start of [0, period, 2 * period]) {
      const heard = whole.subarray(start, start + one.length);
      const farthest = one.reduce((most, value, at) => Math.max(most, Math.abs(value - (heard[at] ?? 0))), 0);
      expect(farthest).toBeLessThan(1 / 16_000);
      expect(whole.subarray(start + one.length, start + period).every((value) => value === 0)).toBe(true);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
