import { execFileSync, spawn } from 'node:child_process';
import { constants, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplesToMs } from '@voiceinput/plugin-api';
import { never } from '@voiceinput/testkit';
import { expect, test } from 'vitest';
import { fixture, listen } from './listen.ts';
import { firstDifference } from './same.ts';

test('in real time no frame comes before its last sample was spoken, and none is lost', async () => {
  const path = fixture('formats/float.wav');
  const arrivalsMs: number[] = [];
  const beginMs = performance.now();
  const { frames, samples } = await listen({ path, realtime: true }, undefined, () =>
    arrivalsMs.push(performance.now() - beginMs),
  );
  expect(firstDifference(samples, (await listen({ path })).samples)).toBe(-1);
  for (const [index, frame] of frames.entries()) {
    const spokenMs = samplesToMs(frame.startSample + frame.samples.length);
    // Timers may fire a part of a millisecond early.
    expect(arrivalsMs[index]).toBeGreaterThan(spokenMs - 2);
    expect(frame.samples.length).toBeLessThanOrEqual(512);
  }
});

const files = ['long.flac', 'formats/s16.wav', 'formats/mp3.mp3', 'formats/m4a.m4a'];

test.each(files)('abort in the middle of %s ends it at once and closes it', async (name) => {
  const leaving = new AbortController();
  const { frames, error } = await listen({ path: fixture(name) }, leaving.signal, ({ startSample }) => {
    if (startSample >= 4096) leaving.abort();
  });
  expect(error).toBeUndefined();
  expect(frames).toHaveLength(2);
  expect(openFiles(name)).toEqual([]);
});

test.each(files)('a listener that leaves %s in the middle closes it', async (name) => {
  const { default: sourceFile } = await import('@voiceinput/source-file');
  const context = {
    pluginId: 'source-file',
    models: { locate: () => Promise.reject(new Error('none')) },
    prepare: <T>(work: () => Promise<T>) => work(),
    log: () => undefined,
    warn: () => undefined,
  };
  const source = await sourceFile.create({ path: fixture(name) }, context, never);
  for await (const frame of source.frames(never)) if (frame.startSample > 0) break;
  await source.close();
  expect(openFiles(name)).toEqual([]);
});

test('abort while waiting for the next frame of a recording in real time', async () => {
  const leaving = new AbortController();
  setTimeout(() => leaving.abort(), 100);
  const { error, samples } = await listen({ path: fixture('long.flac'), realtime: true }, leaving.signal);
  expect(error).toBeUndefined();
  expect(samples.length).toBeLessThan(40 * 16_000);
});

test.skipIf(process.platform === 'win32')('a named pipe is read, and abort does not wait for its writer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'source-file-test-'));
  try {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const writer = spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', fixture('formats/s16.wav'), path]);
    const { samples, error } = await listen({ path });
    expect(error).toBeUndefined();
    expect(firstDifference(samples, (await listen({ path: fixture('formats/s16.wav') })).samples)).toBe(-1);
    writer.kill();
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 50);
    expect((await listen({ path }, leaving.signal)).frames).toEqual([]);
    // No thread waits for a writer any more, which would keep the process from ending.
    expect(() => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)).toThrow('ENXIO');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(process.platform === 'win32')(
  'that a named pipe has no writer is said, and not of one that has',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'source-file-test-'));
    try {
      const path = join(folder, 'pipe');
      execFileSync('mkfifo', [path]);
      const said: string[] = [];
      const hear = (signal: AbortSignal) =>
        listen({ path }, signal, undefined, (message) => {
          said.push(message);
          leaving.abort();
        });
      const leaving = new AbortController();
      spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', fixture('formats/s16.wav'), path]);
      await hear(leaving.signal);
      expect(said).toEqual([]);
      await hear(leaving.signal);
      expect(said).toEqual([`Waits for a program that writes to "${path}".`]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

/** Descriptors of this process that are open on the fixture; none where the system does not tell. */
function openFiles(name: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return execFileSync('readlink', [`/proc/${process.pid}/fd/${descriptor}`], { encoding: 'utf8' }).includes(name);
    } catch {
      // The descriptor of the listing itself is gone by now.
      return false;
    }
  });
}
