import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixture, likeness, listen, listenTo } from './listen.ts';
import { firstDifference } from './same.ts';

const speech = (await listen({ path: fixture('formats/s16.wav') })).samples;

test('16 kHz 16-bit samples arrive unchanged, the first and the last included', () => {
  const file = readFileSync(fixture('formats/s16.wav'));
  const data = file.indexOf('data') + 8;
  expect(speech).toHaveLength((file.length - data) / 2);
  const expected = Float32Array.from(speech, (_, index) => file.readInt16LE(data + index * 2) / 32_768);
  expect(firstDifference(speech, expected)).toBe(-1);
});

test('FLAC gives exactly the samples of the WAV that it was made from', async () => {
  expect(firstDifference((await listen({ path: fixture('formats/flac.flac') })).samples, speech)).toBe(-1);
});

test.each([
  ['formats/8khz-stereo.wav', 0.97],
  ['formats/mp3.mp3', 0.99],
  ['formats/opus.ogg', 0.9],
  ['formats/vorbis.ogg', 0.98],
  ['formats/m4a.m4a', 0.96],
  ['formats/m4a-index-first.m4a', 0.96],
])('%s is the same speech, in time and to its end', async (name, least) => {
  const { samples, error } = await listen({ path: fixture(name) });
  expect(error).toBeUndefined();
  expect(samples.length).toBeGreaterThanOrEqual(speech.length);
  // A codec's last packet may be padded.
  expect(samples.length).toBeLessThan(speech.length + 1024);
  // Whatever is late by a few samples is no longer alike.
  expect(likeness(samples, speech)).toBeGreaterThan(least);
  const last = -8000;
  expect(likeness(samples.slice(speech.length + last, speech.length), speech.slice(last))).toBeGreaterThan(least - 0.1);
});

test.each(['formats/float.wav', 'formats/96khz-24bit.wav'])('%s is the stretch that was cut out', async (name) => {
  const { samples } = await listen({ path: fixture(name) });
  const from = 0.2 * 16_000;
  expect(likeness(samples, speech.slice(from, from + samples.length))).toBeGreaterThan(0.999);
});

test('the content decides, not the name', async () => {
  const { samples, error } = await listenTo(readFileSync(fixture('formats/flac.flac')));
  expect(error).toBeUndefined();
  expect(firstDifference(samples, speech)).toBe(-1);
});

test('an ID3 tag may stand before any format', async () => {
  const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x02\0', 'latin1'), Buffer.alloc(256)]);
  const { samples } = await listenTo(Buffer.concat([tag, readFileSync(fixture('formats/flac.flac'))]));
  expect(firstDifference(samples, speech)).toBe(-1);
});

test('frames are 256 ms long, each with a buffer of its own', async () => {
  const { frames } = await listen({ path: fixture('formats/mp3.mp3') });
  for (const { samples } of frames.slice(0, -1)) expect(samples).toHaveLength(4096);
  for (const { samples } of frames) expect(samples.buffer.byteLength).toBe(samples.byteLength);
  expect(new Set(frames.map(({ samples }) => samples.buffer)).size).toBe(frames.length);
});

test('two listeners of one source hear the same', async () => {
  const path = fixture('formats/opus.ogg');
  const [one, other] = await Promise.all([listen({ path }), listen({ path })]);
  expect(firstDifference(one.samples, other.samples)).toBe(-1);
});
