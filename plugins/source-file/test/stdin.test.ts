import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { fixture } from './listen.ts';
import { bytesOf, tone, wavBytes } from './wav-bytes.ts';

interface Report {
  readonly samples: number;
  readonly sum: number;
  readonly last: number;
  readonly rssEarlyBytes: number;
  readonly rssMostBytes: number;
  readonly error?: { readonly code: string; readonly message: string };
}

const program = fileURLToPath(new URL('hear-stdin.mjs', import.meta.url));

async function hear(input: Iterable<Uint8Array> | number, ...flags: string[]): Promise<Report> {
  const stdin = typeof input === 'number' ? input : 'pipe';
  const child = spawn(process.execPath, [program, ...flags], { stdio: [stdin, 'pipe', 'inherit'] });
  if (typeof input !== 'number') Readable.from(input).pipe(child.stdin!.on('error', () => undefined));
  let output = '';
  for await (const text of child.stdout!.setEncoding('utf8') as AsyncIterable<string>) output += text;
  return JSON.parse(output) as Report;
}

const wav = wavBytes({ data: bytesOf(tone(16_000)) });

test('WAV from standard input, in whatever pieces it comes', async () => {
  const whole = await hear([wav]);
  expect(whole).toMatchObject({ samples: 16_000 });
  expect(whole.error).toBeUndefined();
  const pieces = Array.from({ length: Math.ceil(wav.length / 777) }, (_, index) =>
    wav.slice(index * 777, (index + 1) * 777),
  );
  expect((await hear(pieces)).sum).toBe(whole.sum);
});

test('of a live pipe, what is there is heard before more comes', async () => {
  const child = spawn(process.execPath, [program, 'live'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const heard = new Promise((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  // Less than a second, of a length that the header does not know.
  child.stdin.write(wavBytes({ data: bytesOf(tone(8_000)), dataBytes: 0xffff_ffff }));
  expect(await heard).toBe('heard\n');
  child.stdin.end();
});

test('raw samples from standard input, odd byte at the end', async () => {
  const { samples, error } = await hear([bytesOf(tone(16_000)), Uint8Array.of(1)], 'raw');
  expect(samples).toBe(16_000);
  expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
  expect(error?.message).toContain('Standard input ends inside a sample: 1 of 2 bytes');
});

test('M4A from standard input leaves nothing behind', async () => {
  // A folder of its own: other tests make files at the same time where all of them may.
  const folder = mkdtempSync(join(tmpdir(), 'voiceinput-stdin-'));
  vi.stubEnv('TMPDIR', folder);
  try {
    const { samples, error } = await hear([readFileSync(fixture('formats/m4a.m4a'))]);
    expect(error).toBeUndefined();
    expect(samples).toBeGreaterThan(42_000);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});

test('nothing on standard input', async () => {
  expect((await hear([])).error?.code).toBe('ERR_AUDIO_EMPTY');
});

test.skipIf(process.platform === 'win32')('a directory as standard input', async () => {
  const directory = openSync(tmpdir(), 'r');
  try {
    expect((await hear(directory)).error?.code).toBe('ERR_FILE_NOT_AUDIO');
  } finally {
    closeSync(directory);
  }
});

test('20 minutes of 44.1 kHz stereo go through in little memory', async () => {
  const second = bytesOf(Int16Array.from({ length: 88_200 }, (_, index) => 9000 * Math.sin(index / 30)));
  function* minutes(): Generator<Uint8Array> {
    yield wavBytes({
      rateHz: 44_100,
      channels: 2,
      data: new Uint8Array(0),
      dataBytes: 0xffff_ffff,
      riffBytes: 0xffff_ffff,
    });
    for (let count = 0; count < 20 * 60; count++) yield second;
  }
  const { samples, error, rssEarlyBytes, rssMostBytes } = await hear(minutes());
  expect(error).toBeUndefined();
  expect(samples).toBe(20 * 60 * 16_000);
  // All of it would be 77 MB at the end of the line and 212 MB at its beginning.
  expect(rssMostBytes - rssEarlyBytes).toBeLessThan(48 * 2 ** 20);
});
