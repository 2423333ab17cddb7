import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

const ROUNDS = Number(process.env['VOICEINPUT_FUZZ_ROUNDS'] ?? 120);
const SEED = Number(process.env['VOICEINPUT_FUZZ_SEED'] ?? 1);

test(
  `${ROUNDS} damaged files (seed ${SEED}) give finite samples or an input error, and nothing worse`,
  { timeout: 300_000 + ROUNDS * 2_000 },
  async () => {
    const report = await fuzz(ROUNDS, SEED);
    expect(report.failures, JSON.stringify(report)).toEqual([]);
    // The damage is real, and not so heavy that nothing gets through.
    expect(report.endings['whole']).toBeGreaterThan(ROUNDS / 20);
    expect(report.endings['ERR_AUDIO_CORRUPT']).toBeGreaterThan(ROUNDS / 20);
  },
);
