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

test('a name that is not UTF-8, which arrives with other characters', async () => {
  const { error } = await listen({ path: join(folder, 'caf\ufffd.wav') });
  expect(error?.code).toBe('ERR_FILE_NOT_FOUND');
  expect(error?.hint).toMatch(/not to be UTF-8.*transcribe - </);
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
  expect((await listenTo(Buffer.from('Dear diary,\nto-day'))).error?.message).toContain(
    'is a text file; expected a recording',
  );
});

test.each([1, 4, 11, 12, 20, 43])('a WAV header cut after %d bytes', async (length) => {
  const { error } = await listenTo(readFileSync(fixture('formats/s16.wav')).subarray(0, length));
  expect(['ERR_AUDIO_FORMAT', 'ERR_AUDIO_CORRUPT']).toContain(error?.code);
  // Nothing was heard of which that could be said.
  expect(error?.hint).not.toContain('readable part');
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

test.each([
  ['a picture (JPEG)', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['a ZIP archive', Buffer.from('PK\x03\x04')],
  ['a PDF document', Buffer.from('%PDF-1.7')],
  ['a playlist', Buffer.from('#EXTM3U\n/etc/hostname\n')],
  ['a program', Buffer.from('\x7fELF')],
])('%s', async (title, begin) => {
  const { samples, error } = await listenTo(Buffer.concat([begin, Buffer.alloc(9000, 0xe1)]));
  expect(samples).toHaveLength(0);
  expect(error?.code).toBe('ERR_AUDIO_FORMAT');
  expect(error?.message).toContain(`is ${title}`);
});

test('bytes at random are refused, whoever is asked', async () => {
  const noise = Uint8Array.from(
    { length: 300_000 },
    (_, index) => (Math.imul(index + 1, 0x9e37_79b1) ^ (index * index)) >>> 11,
  );
  const { samples, error } = await listenTo(noise);
  expect(samples).toHaveLength(0);
  expect(error?.code).toBe('ERR_AUDIO_FORMAT');
  expect(error?.message).toContain('which no known audio format does');
});
