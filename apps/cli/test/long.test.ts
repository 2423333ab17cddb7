import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lines, start } from './voiceinput/run.ts';
import { fixture, ownFolder, withModels } from './voiceinput/scene.ts';

withModels();
const folder = ownFolder();
const MINUTES = Number(process.env['VOICEINPUT_LONG_MINUTES'] ?? 12);
const BYTES_PER_MINUTE = 60 * 32_000;
const ALLOWED_GROWTH_BYTES = 60_000_000;

test.skipIf(process.platform !== 'linux')(`${MINUTES} minutes go through with flat memory`, async () => {
  const memoryBytes: number[] = [];
  const running = start(['transcribe', '-', '--raw', '--no-hybrid', '--json'], { folder, stdin: minutes() });
  const { stdout, stderr, exitCode } = await running.ended;

  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const texts = lines(stdout).filter(({ type }) => type === 'text');
  expect(texts).toHaveLength(MINUTES);
  expect(lines(stdout).at(-1)).toMatchObject({ type: 'result', audioMs: MINUTES * 60_000 });
  const settled = Math.max(...memoryBytes.slice(3, 8));
  expect(Math.max(...memoryBytes.slice(8)) - settled).toBeLessThan(ALLOWED_GROWTH_BYTES);

  /** A sentence and silence, every minute. The pipe gives way only as fast as it is heard. */
  async function* minutes(): AsyncGenerator<Uint8Array> {
    const wav = readFileSync(fixture('formats/s16.wav'));
    const minute = new Uint8Array(BYTES_PER_MINUTE);
    minute.set(wav.subarray(wav.indexOf('data') + 8));
    for (let count = 0; count < MINUTES; count += 1) {
      yield minute;
      memoryBytes.push(
        running
          .pids()
          .map(memoryBytesOf)
          .reduce((sum, bytes) => sum + bytes, 0),
      );
    }
  }
});

/** Resident memory, shared pages counted. */
function memoryBytesOf(pid: number): number {
  const [, resident] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Number(resident) * 4096;
}
