import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fixture, likeness, listen, listenTo } from './listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'source-file-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const whole = await listen({ path: fixture('formats/s16.wav') });

test('a file that is not there', async () => {
  const { error } = await listen({ path: join(folder, 'absent.wav') });
  expect(error?.code).toBe('ERR_FILE_NOT_FOUND');
  expect(error?.message).toContain('absent.wav');
});

test('a path through a file', async () => {
  const { error } = await listen({ path: join(fixture('long.flac'), 'inside.wav') });
  expect(error?.code).toBe('ERR_FILE_NOT_FOUND');
});

test('a name that would move the cursor is escaped', async () => {
  const { error } = await listen({ path: join(folder, 'a\u001b[2J\n\u202eb.wav') });
  expect(error?.message).toContain('a\\u{1b}[2J\\n\\u{202e}b.wav');
  expect(error?.message).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});

test('a NUL in the name', async () => {
  const { error } = await listen({ path: 'a\0b.wav' });
  expect(error?.code).toBe('ERR_FILE_NOT_FOUND');
});

test('a directory', async () => {
  const { error } = await listen({ path: folder });
  expect(error?.code).toBe('ERR_FILE_NOT_AUDIO');
});

test.skipIf(process.platform === 'win32')('a device', async () => {
  const { error } = await listen({ path: '/dev/null' });
  expect(error?.code).toBe('ERR_FILE_NOT_AUDIO');
});

test('an unreadable file', async ({ skip }) => {
  if (process.platform === 'win32') skip('Windows has no permission bits.');
  if (process.getuid?.() === 0) skip('To root, every file is readable.');
  const path = join(folder, 'secret.wav');
  writeFileSync(path, 'x');
  chmodSync(path, 0);
  const { error } = await listen({ path });
  expect(error?.code).toBe('ERR_FILE_UNREADABLE');
  expect(error?.message).toContain('EACCES');
});

test('no bytes at all', async () => {
  expect((await listenTo(new Uint8Array(0))).error?.code).toBe('ERR_AUDIO_EMPTY');
  expect((await listenTo(new Uint8Array(0), { raw: true })).error?.code).toBe('ERR_AUDIO_EMPTY');
});

test('text that is called .wav', async () => {
  const { error } = await listenTo(Buffer.from('Dear diary,\nto-day \u001b[31m'));
  expect(error?.code).toBe('ERR_AUDIO_FORMAT');
  expect(error?.message).toContain('"Dear diary,\\n"'.slice(0, 12));
});

test.each([1, 4, 11, 12, 20, 43])('a WAV header cut after %d bytes', async (length) => {
  const { error } = await listenTo(readFileSync(fixture('formats/s16.wav')).subarray(0, length));
  expect(['ERR_AUDIO_FORMAT', 'ERR_AUDIO_CORRUPT']).toContain(error?.code);
});

describe('a file that was cut in half gives its first half, then ERR_AUDIO_CORRUPT', () => {
  test.each([
    ['formats/flac.flac', 0.9],
    ['formats/mp3.mp3', 0.98],
    ['formats/opus.ogg', 0.9],
    ['formats/vorbis.ogg', 0.97],
    ['formats/m4a-index-first.m4a', 0.96],
  ])('%s', async (name, least) => {
    const bytes = readFileSync(fixture(name));
    const { samples, error } = await listenTo(bytes.subarray(0, bytes.length / 2));
    expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
    expect(samples.length).toBeGreaterThan(whole.samples.length * 0.3);
    expect(samples.length).toBeLessThan(whole.samples.length * 0.9);
    expect(likeness(samples, whole.samples)).toBeGreaterThan(least);
  });

  test('an M4A file whose index was at its end has nothing to give', async () => {
    const bytes = readFileSync(fixture('formats/m4a.m4a'));
    const { samples, error } = await listenTo(bytes.subarray(0, bytes.length / 2));
    expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
    expect(error?.message).toContain('index');
    expect(samples).toHaveLength(0);
  });
});

test('a hole in the middle of an MP3 file is told at its end', async () => {
  const bytes = Buffer.from(readFileSync(fixture('formats/mp3.mp3')));
  bytes.fill(0, 10_000, 12_000);
  const { samples, error } = await listenTo(bytes);
  expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
  expect(error?.message).toContain('hole');
  expect(samples.length).toBeGreaterThan(whole.samples.length * 0.8);
});

test('a damaged FLAC frame costs that frame only, and is told', async () => {
  const bytes = Buffer.from(readFileSync(fixture('formats/flac.flac')));
  bytes.fill(0xaa, 20_000, 20_050);
  const { samples, error } = await listenTo(bytes);
  expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
  expect(samples.length).toBeGreaterThan(whole.samples.length * 0.7);
});

describe('formats that need ffmpeg', () => {
  const webm = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(100)]);
  test.skipIf(process.platform === 'win32')('without it, say what is missing', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      const { error } = await listenTo(webm);
      expect(error?.code).toBe('ERR_AUDIO_FORMAT');
      expect(error?.message).toContain('Matroska or WebM');
      expect(error?.hint).toContain('ffmpeg');
    } finally {
      process.env['PATH'] = path;
    }
  });

  test.skipIf(process.platform === 'win32')('with it, its samples or its complaint are passed on', async () => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    const path = process.env['PATH'];
    const stub = (script: string): void => writeFileSync(join(bin, 'ffmpeg'), `#!/bin/sh\n${script}`, { mode: 0o755 });
    process.env['PATH'] = `${bin}:${path}`;
    try {
      stub("cat >/dev/null; printf '\\000\\000\\000\\077\\000\\000\\000\\277'");
      expect((await listenTo(webm)).samples).toEqual(Float32Array.of(0.5, -0.5));
      stub("cat >/dev/null; printf '\\000\\000\\000\\077'; printf 'bad\\033thing' >&2; exit 3");
      const { samples, error } = await listenTo(webm);
      expect(samples).toEqual(Float32Array.of(0.5));
      expect(error?.code).toBe('ERR_AUDIO_CORRUPT');
      expect(error?.message).toContain('"bad\\u{1b}thing"');
    } finally {
      process.env['PATH'] = path;
    }
  });
});
