// A recording as a file that every program plays.

import { readFile, writeFile } from 'node:fs/promises';
import { waveHeader } from '../wave/header.ts';

const RATE_HZ = 16_000;
const SAMPLE_BYTES = 2;

/** Writes the recording at `path` as WAV to `file`, for its owner only; never over another one. */
export async function writeWave(path: string, file: string): Promise<void> {
  const samples = await readFile(path);
  // A crash may leave half a sample.
  const whole = samples.subarray(0, samples.length - (samples.length % SAMPLE_BYTES));
  await writeFile(file, Buffer.concat([waveHeader(whole.length, RATE_HZ), whole]), { mode: 0o600, flag: 'wx' });
}
